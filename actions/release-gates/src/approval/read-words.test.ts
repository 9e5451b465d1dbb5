import { describe, expect, it } from "vitest";
import { namesRelease, readWords } from "./read-words.ts";

describe("the words of a comment", () => {
  it.each(["reject v1.1.0", "Reject v1.1.0", "`reject v1.1.0`", "**REJECTED**: v1.1.0", "> reject v1.1.0", "- reject"])(
    "GAT-57: that begins with `%s` are a rejection",
    (body) => {
      expect(readWords(`\n${body}\nfor a reason`)).toMatchObject({
        verb: "reject",
        first: body,
        reason: "for a reason",
      });
    },
  );

  it.each(["I reject v1.1.0", "looks good", ""])("that begin with `%s` are neither", (body) => {
    expect(readWords(body).verb).toBe("other");
  });

  it("approve in exactly that word", () => {
    expect(readWords("approve v1.1.0").verb).toBe("approve");
    expect(readWords("Approve v1.1.0").verb).toBe("other");
  });
});

describe("a line names the release", () => {
  it.each<[line: string, tag: string]>([
    ["reject `v1.1.0` it deletes data", "v1.1.0"],
    ["reject 1.1.0", "v1.1.0"],
    ["Reject V1.1.0.", "v1.1.0"],
    ["reject the release v1.1.0, please", "v1.1.0"],
    ["reject 2.0.0-rc.1", "core-v2.0.0-rc.1"],
    ["reject core/v2.0.0", "core/v2.0.0"],
  ])("in `%s` for %s", (line, tag) => {
    expect(namesRelease(line, tag)).toBe(true);
  });

  it.each<[line: string, tag: string]>([
    ["reject v1.0.9", "v1.1.0"],
    ["reject 1.1.0", "v11.1.0"],
    ["reject 1.0", "v2.1.0"],
    ["reject 0", "v1.1.0"],
    ["reject", "v1.1.0"],
  ])("not in `%s` for %s", (line, tag) => {
    expect(namesRelease(line, tag)).toBe(false);
  });
});

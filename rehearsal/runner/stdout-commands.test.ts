import { describe, expect, it } from "vitest";
import type { Annotation } from "./contract.ts";
import { createMasks } from "./masks.ts";
import { createCommandReader } from "./stdout-commands.ts";

function readLines(...lines: string[]) {
  const seen: { log: string[]; annotations: Annotation[]; failures: string[] } = {
    log: [],
    annotations: [],
    failures: [],
  };
  const masks = createMasks();
  const outputs: Record<string, string> = {};
  const read = createCommandReader(masks, {
    annotate: (annotation) => seen.annotations.push(annotation),
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    saveState: () => undefined,
    fail: (message) => seen.failures.push(message),
    log: (line) => seen.log.push(line),
  });
  for (const line of lines) read(line);
  return { ...seen, outputs, masks };
}

describe("a line of a step's output", () => {
  it("becomes an annotation with its place and unescaped texts", () => {
    const { annotations } = readLines(
      "  ::error file=a.ts,line=3,endLine=4,col=1,title=Oh%2C no%3A::first%0Asecond%25",
    );
    expect(annotations).toEqual([
      { level: "error", message: "first\nsecond%", title: "Oh, no:", file: "a.ts", line: 3, endLine: 4, col: 1 },
    ]);
  });

  it("is no command when its name is not registered", () => {
    expect(readLines("::nonsense::x", "a::error::x").log).toEqual(["::nonsense::x", "a::error::x"]);
  });

  it("is no command between stop-commands and its token", () => {
    const { annotations, log } = readLines("::stop-commands::t0ken", "::error::no", "::t0ken::", "::error::yes");
    expect(annotations.map(({ message }) => message)).toEqual(["yes"]);
    expect(log).toContain("::error::no");
  });

  it.each(["", "pause-logging", "error"])("a stop-commands token '%s' is refused", (token) => {
    expect(readLines(`::stop-commands::${token}`).failures).toHaveLength(1);
  });

  it("adds a mask without showing the secret", () => {
    const { masks, log } = readLines("::add-mask::hush-hush");
    expect(masks.apply("hush-hush")).toBe("***");
    expect(log.join()).not.toContain("hush-hush");
  });

  it.each(["::set-env name=A::1", "::add-path::/bin"])("%s is disabled and fails its step", (line) => {
    expect(readLines(line).failures).toHaveLength(1);
  });

  it("for debugging is not shown, and a group is", () => {
    expect(readLines("::debug::inner", "::group::Title", "::endgroup::").log).toEqual([
      "##[group]Title",
      "##[endgroup]",
    ]);
  });

  it("cuts a message at 4096 characters", () => {
    expect(readLines(`::notice::${"x".repeat(5000)}`).annotations[0]?.message).toHaveLength(4096);
  });
});

import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { outputTape } from "./output-tape.ts";

function record(limit: number, ...chunks: string[]) {
  const tape = outputTape(limit);
  for (const chunk of chunks) tape.write(Buffer.from(chunk));
  return tape;
}

describe("a tape", () => {
  it.each([
    ["keeps nothing of nothing", [], ""],
    ["keeps everything up to its limit", ["abc\nd", "ef\n"], "abc\ndef\n"],
    ["cuts one byte over its limit", ["a\nb\nc\nd\ne"], "a\nb\n\n[2 bytes are left out here]\nd\ne"],
    [
      "keeps the last lines however they were split",
      ["1\n2\n", "3\n4", "\n5", "\n6\n"],
      "1\n2\n\n[6 bytes are left out here]\n6\n",
    ],
    ["cuts inside a line that fills it", ["aaaaaa", "bbbbbb"], "aaaa\n[4 bytes are left out here]\nbbbb"],
  ])("%s", (_rule, chunks, text) => {
    expect(record(8, ...chunks).text()).toBe(text);
  });

  it("digests what it does not keep", () => {
    expect(record(4, "one\n", "two\n", "three\n").digest()).toBe(digestOfBytes("one\ntwo\nthree\n"));
  });

  it("does not tear a character that stands on the cut", () => {
    expect(record(8, "a\n", "ééé\n", "b\nc\n").text()).toBe("a\n\n[9 bytes are left out here]\nc\n");
  });
});

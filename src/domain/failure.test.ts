import { describe, expect, it } from "vitest";
import { Failure, toFailure } from "./failure.ts";

describe("anything thrown becomes a failure", () => {
  it.each([
    ["a text", "boom", "string: boom"],
    ["undefined", undefined, "undefined: undefined"],
    ["null", null, "null: null"],
    ["a number", 3, "number: 3"],
    ["an error", new RangeError("too far"), "RangeError: too far"],
  ])("%s is our bug and says what was thrown", (_what, thrown, text) => {
    expect(toFailure(thrown)).toMatchObject({ kind: "bug", code: "all.unexpected" });
    expect(toFailure(thrown).cause).toBe(thrown);
    expect(toFailure(thrown).message).toContain(text);
  });

  it("a failure stays what it is", () => {
    const failure = new Failure({ kind: "input", code: "all.input-invalid", message: "m", hint: "h" });
    expect(toFailure(failure)).toBe(failure);
  });
});

import { describe, expect, it } from "vitest";
import { followPointer } from "#src/domain/json-pointer";

const document = { completed: true, tries: [{ agent: "a" }, null], "a/b": 1, "m~n": 2, "": 3 };

describe("a JSON pointer", () => {
  it.each([
    ["", document],
    ["/completed", true],
    ["/tries/0/agent", "a"],
    ["/tries/1", null],
    ["/a~1b", 1],
    ["/m~0n", 2],
    ["/", 3],
  ])("%j leads to its value", (pointer, value) => {
    expect(followPointer(document, pointer)).toEqual({ value });
  });

  it.each(["/absent", "/tries/2", "/tries/-", "/tries/00", "/tries/1/agent", "/completed/x", "completed", "/toString"])(
    "%j leads nowhere",
    (pointer) => {
      expect(followPointer(document, pointer)).toBeUndefined();
    },
  );
});

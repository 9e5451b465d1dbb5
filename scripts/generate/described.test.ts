import { describe, expect, it } from "vitest";
import { insistOnDescriptions } from "./described.ts";

const described = { description: "What it is.", type: "string" };

describe("a generated schema", () => {
  it("holds when every property says what it is", () => {
    const inner = { description: "A list.", items: { properties: { name: described } } };
    expect(() => insistOnDescriptions({ properties: { list: inner } }, "s")).not.toThrow();
  });

  it.each([
    ["on top", { properties: { name: { type: "string" } } }, "s.name"],
    ["inside a list", { properties: { list: { ...described, items: { properties: { deep: {} } } } } }, "s.list.deep"],
    ["inside a choice", { anyOf: [{ properties: { one: {} } }] }, "s.one"],
  ])("is refused when a property %s does not", (_where, schema, path) => {
    expect(() => insistOnDescriptions(schema, "s")).toThrow(path);
  });
});

import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { pushIds } from "./push-ids.ts";
import { readLabels } from "./read-labels.ts";

const [one, two] = [aSha("1"), aSha("2")];
const zeros = "0".repeat(40);
const nothing = { before: "", after: "" };

describe("the commits of a push", () => {
  it.each<[rule: string, given: { before: string; after: string }, event: unknown, before: string | null]>([
    ["come from the event", nothing, { before: one, after: two }, one],
    ["come from the inputs first", { before: one, after: two }, { before: two, after: one }, one],
    ["PLN-27 F04: have none before where the event has zeros", nothing, { before: zeros, after: two }, null],
    ["PLN-27 F04: have none before where nobody names it", { before: "", after: two }, undefined, null],
    ["PLN-27: have none before where the input has zeros", { before: zeros, after: two }, { before: one }, null],
  ])("%s", (_rule, given, event, before) => {
    expect(pushIds(given, event)).toEqual({ before, after: two });
  });

  it.each([
    ["no event", nothing, undefined, "found neither of them"],
    ["an event of another kind", nothing, { action: "opened" }, "found neither of them"],
    ["an event with other texts", nothing, { before: "main", after: "HEAD" }, "found neither of them"],
    ["the input `before` alone", { before: one, after: "" }, undefined, "found only the one before"],
    ["a branch that was deleted", nothing, { before: one, after: zeros }, "found that the push deletes its branch"],
  ])("are refused with %s", (_case, given, event, found) => {
    const refusal = { code: "plan.push-unreadable", message: expect.stringContaining(found) };
    expect(() => pushIds(given, event)).toThrow(expect.objectContaining(refusal));
  });
});

describe("PLN-24: labels that are handed in", () => {
  it("are read by issue and by commit", () => {
    const text = JSON.stringify({ "#12": ["feature"], [one]: ["bug", "x"] });
    expect([...readLabels(text)]).toEqual([
      ["#12", ["feature"]],
      [one, ["bug", "x"]],
    ]);
    expect(readLabels("").size).toBe(0);
  });

  it.each(["{", "[]", '{"12":["a"]}', '{"#12":"a"}'])("are refused as %s", (text) => {
    expect(() => readLabels(text)).toThrow(expect.objectContaining({ code: "all.input-invalid" }));
  });
});

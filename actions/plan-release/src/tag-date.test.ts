import { expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { dateOfTag } from "./tag-date.ts";

const date = "2026-01-01T12:00:00Z";
const holding = { find: async (tag: string) => (tag === "v1.0.0" ? { commit: aSha("1"), date } : undefined) };

it.each([
  ["is told of the tag on its commit", "v1.0.0", aSha("1"), date],
  ["is not told of a tag that lies on another commit", "v1.0.0", aSha("2"), undefined],
  ["is not told of a tag that the checkout does not hold", "v1.1.0", aSha("1"), undefined],
])("PLN-43: the day of a tag %s", async (_rule, name, commit, expected) => {
  expect(await dateOfTag({ name, commit }, holding)).toBe(expected);
});

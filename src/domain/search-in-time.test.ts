import { expect, it } from "vitest";
import { searchInTime } from "#src/domain/search-in-time";

it("gives what the search finds", () => {
  expect(searchInTime("`pattern`", () => [..."1 2".matchAll(/\d/g)].map(([digit]) => digit))).toEqual(["1", "2"]);
});

it("stops a search without an end, by a code of its own", () => {
  const endless = () => /^(a+)+$/.test(`${"a".repeat(60)}!`);
  expect(() => searchInTime("`changes.tickets`", endless)).toThrow(
    expect.objectContaining({ code: "all.expression-too-slow", message: expect.stringContaining("`changes.tickets`") }),
  );
});

it("lets through what the search itself throws", () => {
  const broken = () => {
    throw new RangeError("of its own");
  };
  expect(() => searchInTime("`pattern`", broken)).toThrow(new RangeError("of its own"));
});

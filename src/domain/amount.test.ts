import { expect, it } from "vitest";
import { amount } from "./amount.ts";

it.each([
  [0, "0 files"],
  [1, "1 file"],
  [2, "2 files"],
])("%i of a noun are %s", (count, said) => {
  expect(amount(count, "file")).toBe(said);
});

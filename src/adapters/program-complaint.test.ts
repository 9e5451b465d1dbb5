import { expect, it } from "vitest";
import { complaintOf } from "./program-complaint.ts";

it.each([
  ["fatal: no https://octo:pw@git.example/tide.git\n", "fatal: no https://***@git.example/tide.git"],
  ["fatal: no https://octo:pa@ss@git.example/tide.git", "fatal: no https://***@git.example/tide.git"],
  [`remote: ghp_${"a1B2c3D4".repeat(4)} is revoked`, "remote: *** is revoked"],
  ["one\n  two\n\n", "one; two"],
  [" \n", ""],
])("GAT-44: %j, as a program says it, is told without credentials and on one line", (words, told) => {
  expect(complaintOf(words)).toBe(told);
});

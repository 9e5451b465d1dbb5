import { describe, it } from "vitest";
import { faults } from "../../rehearsal/faults/catalogue.ts";
import { endsAsExpected } from "./endings.ts";

const ofTheLibrary = faults.filter(({ example, expected }) => example === "npm-package" && expected.verdict !== "lost");

describe.concurrent("a release of the package in which one thing goes wrong", () => {
  it.each(ofTheLibrary)("$name: $title → $expected.verdict $expected.reason", async (fault) => {
    await endsAsExpected(fault);
  });
});

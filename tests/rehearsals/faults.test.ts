import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";

const ofTheLibrary = faults.filter(({ example, expected }) => example === "npm-package" && expected.verdict !== "lost");
const ofTheService = faults.filter(({ example }) => example === "service");

describe.concurrent("a release of the package in which one thing goes wrong", () => {
  it.each(ofTheLibrary)("$name: $title → $expected.verdict $expected.reason", async (fault) => {
    await endsAsExpected(fault);
  });
});

// The service listens on the ports of its configuration, so these run one after the other.
describe("a release of the service in which one thing goes wrong", () => {
  it.each(ofTheService)("$name: $title → $expected.verdict $expected.reason", async (fault) => {
    await endsAsExpected(fault);
  });
});

async function endsAsExpected({ name, expected }: (typeof faults)[number]) {
  const { code, output, folder } = await drive(aFolder(), ["--fault", name]);
  const verdict = verdictIn(folder);
  expect(verdict.verdict, output).toBe(expected.verdict);
  if (expected.reason) expect(verdict.reason.code, output).toBe(expected.reason);
  expect(code, output).toBe(expected.verdict === "Released" ? 0 : 1);
  expect(existsSync(join(folder, "report.html"))).toBe(true);
}

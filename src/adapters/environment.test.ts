import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment, readEvent } from "#src/adapters/environment";
import { aSha } from "#src/testing/builders";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-event-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the event that started the run", () => {
  it("PLN-27: is read from the file that the runner names", () => {
    const file = join(folder, "event.json");
    writeFileSync(file, JSON.stringify({ before: aSha("1"), after: aSha("2") }));
    const run = { GITHUB_REPOSITORY: "octo/tide", GITHUB_RUN_ID: "7", GITHUB_RUN_ATTEMPT: "1", GITHUB_SHA: aSha("2") };
    const { eventFile } = readEnvironment({ ...run, GITHUB_EVENT_PATH: file });
    expect(readEvent(eventFile)).toEqual({ before: aSha("1"), after: aSha("2") });
    expect(readEnvironment(run).eventFile).toBe("");
  });

  it.each([
    ["there is no file", () => ""],
    ["the file is gone", () => join(folder, "none.json")],
    ["the file is no JSON", () => join(folder, "broken.json")],
  ])("is not known where %s", (_case, file) => {
    writeFileSync(join(folder, "broken.json"), "{");
    expect(readEvent(file())).toBeUndefined();
  });
});

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { countRequests } from "./request-counts.ts";

it("ALL-25: the requests of a journal are those to the API, those for the bytes of assets, and those of git, by stage", () => {
  const journal = join(mkdtempSync(join(tmpdir(), "counts-")), "requests.jsonl");
  const lines = [
    { stage: "plan", route: "git/git-upload-pack" },
    { stage: "verdict", route: "repos/create-release" },
    { stage: "verdict", route: "repos/upload-release-asset" },
    { stage: "plan", route: null },
    { stage: "public", route: "release-download" },
  ];
  writeFileSync(journal, lines.map((line) => `${JSON.stringify({ ...line, status: 200 })}\n`).join(""));
  expect(countRequests(journal)).toEqual([
    { stage: "plan", api: 1, assets: 0, git: 1 },
    { stage: "verdict", api: 1, assets: 1, git: 0 },
    { stage: "public", api: 0, assets: 1, git: 0 },
  ]);
  expect(countRequests(`${journal}.none`)).toEqual([]);
});

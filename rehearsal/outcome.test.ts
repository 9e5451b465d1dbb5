import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { StoredArtifact } from "./artifacts/store.ts";
import { writeZip } from "./artifacts/zip.ts";
import { bringOutcome } from "./outcome.ts";
import type { RunResult } from "./runner/contract.ts";

it("the verdict that is brought is that of the deciding run, though a later run stored one under the same name", () => {
  const home = mkdtempSync(join(tmpdir(), "outcome-"));
  const world = {
    folders: { report: (name: string) => join(home, name) },
    artifacts: {
      list: () => [stored(1, "7"), stored(2, "8")],
      read: (id: number) => writeZip([{ name: "verdict.json", content: aVerdict(id === 1 ? "Released" : "Aborted") }]),
    },
  };
  expect(bringOutcome(world, { runId: 7, result: concluded }).verdict).toBe("Released");
  expect(JSON.parse(readFileSync(join(home, "verdict.json"), "utf8")).verdict).toBe("Released");
  expect(bringOutcome(world, { runId: 8, result: concluded }).verdict).toBe("Aborted");
  expect(bringOutcome(world, { runId: 9, result: concluded }).verdict).toBe("none");
});

it.each([
  [{ state: "nothing-to-ship" }, "promote.nothing-to-ship", "Every branch of the chain holds the commit already"],
  [{ state: "handed-over", "pull-request": "http://github/pull/7" }, "", "http://github/pull/7 waits for a person"],
  [{ state: "planned", "pull-request": "" }, "", "that a live run would open waits for a person"],
])("a promotion that went well and has nothing to release says why: %j", (outputs, reason, explanation) => {
  const [job] = concluded.jobs.map((one) => ({
    ...one,
    key: "promote/promote",
    outputs: { outcome: "no-release", ...outputs },
  }));
  const result = { ...concluded, jobs: job ? [job] : [] };
  const world = { folders: { report: (name: string) => name }, artifacts: { list: () => [], read: () => undefined } };
  const brought = bringOutcome(world, { runId: 7, result });
  expect(brought).toMatchObject({ verdict: "no-release", reason, explanation: expect.stringContaining(explanation) });
});

const concluded: RunResult = {
  ...{ conclusion: "success", attempt: 1, outputs: {} },
  jobs: [
    {
      ...{ key: "verdict", id: "verdict", name: "Verdict", number: 1, workflowFile: "x.yml", attempt: 1 },
      ...{ conclusion: "success", result: "success", permissions: {}, steps: [], annotations: [] },
      outputs: { report: "seaworthy-verdict-1" },
    },
  ],
};

function stored(id: number, runId: string): StoredArtifact {
  const rest = {
    jobId: "1",
    mimeType: "application/zip",
    createdAt: "2026-01-01T12:00:00Z",
    size: 1,
    digest: "sha256:0",
  };
  return { ...rest, id, runId, name: "seaworthy-verdict-1" };
}

function aVerdict(verdict: string): Buffer {
  const text = {
    verdict,
    outcome: "release",
    reason: { code: "", text: "" },
    next: "",
    effects: [],
    "plan-digest": "",
  };
  return Buffer.from(JSON.stringify(text));
}

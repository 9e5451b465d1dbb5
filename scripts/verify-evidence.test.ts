import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { composeRecord } from "#src/domain/compose-record";
import { canonicalJson, digestOfBytes } from "#src/domain/digest";
import { suiteVersion } from "#src/suite-version";
import { aRelease, aSha } from "#src/testing/builders";
import { FakeReleases } from "#src/testing/fake-releases";
import { aChain, aChainContext } from "#src/testing/release-chain";
import { verdict } from "../actions/verdict/src/verdict.ts";

const script = fileURLToPath(new URL("verify-evidence.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "verify-evidence-"));

beforeEach(() => mkdirSync(folder, { recursive: true }));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function writeArtifact(): Promise<string> {
  const releases = new FakeReleases();
  releases.tags.set("v1.1.0", aSha());
  const context = aChainContext(aChain());
  const now = new Date("2026-01-01T13:00:00Z");
  const run = { id: "7", url: "", actor: "mona" };
  const origin = { suite: suiteVersion, repository: "octo/tide", sha: aSha(), run, attempt: 1, now };
  const given = { "release-mode": "live" as const, records: "", results: "", "github-token": "t" };
  const report = await verdict(given, context, { releases, origin });
  const around = { suite: suiteVersion, stage: "verdict" as const, release: aRelease(), started: now, finished: now };
  const record = composeRecord(report, {
    ...around,
    run: { id: "7", attempt: 1, job: "verdict", url: "" },
    policy: null,
    consumed: context.ledger.admitted,
  });
  const text = canonicalJson(record);
  for (const { name, content } of [{ name: "record.json", content: text }, ...(report.attachments ?? [])]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return digestOfBytes(text);
}

function verify(...given: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...given], { encoding: "utf8" });
  return { exit: status, stdout, stderr };
}

describe("VER-18: the command that verifies evidence", () => {
  it("tells the verdict of an intact folder, and what differs in an altered one", async () => {
    const digest = await writeArtifact();
    expect(verify(folder, digest)).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^Released: octo\/tide v1.1.0/),
    });
    writeFileSync(join(folder, "evidence/smoke-test.json"), "{}");
    expect(verify(folder)).toMatchObject({
      exit: 1,
      stdout: "",
      stderr: expect.stringContaining("verdict.verify-failed: evidence/smoke-test.json"),
    });
  });

  it("takes the folder of a rehearsal as it is, with its logs and its world beside the evidence", async () => {
    const digest = await writeArtifact();
    for (const [path, text] of [
      ["requests.jsonl", "{}\n"],
      ["logs/verdict.txt", "log"],
      ["world/jobs/evidence/plan-release.json", "{}"],
    ] as const) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect(verify(folder, digest)).toMatchObject({ exit: 0, stdout: expect.stringContaining("3 other files") });
  });

  it("tells what it takes and what its exit codes mean", () => {
    const { exit, stdout } = verify("--help");
    expect(exit).toBe(0);
    for (const told of ["<folder>", "sha256:<digest>", "folder of a rehearsal", "Exit code: 0"])
      expect(stdout).toContain(told);
  });

  it.each([[[]], [["/nowhere/at/all"]], [[folder, "no-digest"]], [[folder, `sha256:${"0".repeat(64)}`, "more"]]])(
    "refuses %j with its usage",
    (given) => {
      expect(verify(...given)).toMatchObject({ exit: 2, stderr: expect.stringContaining("Usage") });
    },
  );
});

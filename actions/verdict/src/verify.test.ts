import { describe, expect, it } from "vitest";
import type { Files } from "#src/domain/admission";
import { composeRecord } from "#src/domain/compose-record";
import { canonicalJson, digestOfBytes } from "#src/domain/digest";
import type { StageContext } from "#src/stage-context";
import { suiteVersion } from "#src/suite-version";
import { aCheck, anOverride, aSha } from "#src/testing/builders";
import { FakeReleases } from "#src/testing/fake-releases";
import { aChain, aChainContext } from "#src/testing/release-chain";
import { verdict } from "./verdict.ts";
import { verifyEvidence } from "./verify.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const runOf = { id: "7", attempt: 1, job: "verdict", url: "https://github.example/run/7" };

/** The files of the verdict's artifact, as the boundary writes them. */
async function artifactOf(context: StageContext): Promise<Files> {
  const releases = new FakeReleases();
  releases.tags.set("v1.1.0", aSha());
  const origin = {
    suite: suiteVersion,
    repository: "octo/tide",
    sha: aSha(),
    run: { id: "7", url: runOf.url, actor: "mona" },
    attempt: 1,
    now: new Date("2026-01-01T13:00:00Z"),
  };
  const given = { "release-mode": context.expected.mode, records: "", results: "", "github-token": "t" };
  const report = await verdict(given, context, { releases, origin });
  const record = composeRecord(report, {
    suite: suiteVersion,
    stage: "verdict",
    release: report.release ?? aChain()[0]?.record.release ?? fail(),
    run: runOf,
    started: origin.now,
    finished: origin.now,
    policy: null,
    consumed: context.ledger.admitted,
  });
  const files = (report.attachments ?? []).map(({ name, content }): [string, Uint8Array] => [
    name,
    typeof content === "string" ? encoder.encode(content) : content,
  ]);
  return new Map([["record.json", encoder.encode(canonicalJson(record))], ...files]);
}

function fail(): never {
  throw new Error("expected a release");
}

const good = () => artifactOf(aChainContext(aChain()));

function rewrite(files: Files, name: string, change: (text: string) => string): void {
  files.set(name, encoder.encode(change(decoder.decode(files.get(name)))));
}

/** Makes the verdict's own record fit the files again, as a thorough forger would. */
function reseal(files: Files): void {
  const record = JSON.parse(decoder.decode(files.get("record.json")));
  for (const attachment of record.attachments) {
    const bytes = files.get(attachment.name) ?? new Uint8Array();
    attachment.digest = digestOfBytes(bytes);
    attachment.bytes = bytes.byteLength;
  }
  files.set("record.json", encoder.encode(canonicalJson(record)));
}

describe("VER-18: a verdict is verified from its artifact alone", () => {
  it.each([
    ["Released", aChain()],
    ["a rehearsal", aChain({ mode: "rehearsal" })],
    ["Aborted for a missing record", aChain().slice(0, 4)],
    ["Aborted for everything", []],
    [
      "Aborted for a failing stage",
      aChain({
        changes: {
          "smoke-test": {
            checks: [aCheck({ result: "fail", code: "all.not-run" })],
            verdict: { result: "fail", "decided-by": ["one"] },
            outcome: "blocked",
          },
        },
      }),
    ],
  ])("%s holds", async (_what, chain) => {
    expect(verifyEvidence(await artifactOf(aChainContext(chain))).differences).toEqual([]);
  });

  it("an aborted verdict over a refused record holds", async () => {
    const refused = [{ artifact: "seaworthy-smoke-test-1", code: "all.evidence-mismatch" as const, because: "other" }];
    const files = await artifactOf(aChainContext(aChain().slice(0, 5), refused));
    expect(verifyEvidence(files)).toMatchObject({ differences: [], document: { verdict: "Aborted" } });
  });

  it("the digest that the run handed over must be the one of the record", async () => {
    const files = await good();
    const digest = digestOfBytes(files.get("record.json") ?? new Uint8Array());
    expect(verifyEvidence(files, digest).differences).toEqual([]);
    expect(verifyEvidence(files, `sha256:${"0".repeat(64)}`).differences).toHaveLength(1);
  });

  it.each<[what: string, tamper: (files: Files) => unknown, tells: RegExp]>([
    ["verdict.json absent", (files) => files.delete("verdict.json"), /verdict.json: expected a verdict/],
    ["record.json absent", (files) => files.delete("record.json"), /record.json: expected the record/],
    [
      "a record absent",
      (files) => files.delete("evidence/smoke-test.json"),
      /evidence\/smoke-test.json: expected a record/,
    ],
    [
      "a record altered",
      (files) => rewrite(files, "evidence/smoke-test.json", (text) => text.replace("it does", "it did")),
      /evidence\/smoke-test.json: expected sha256/,
    ],
    [
      "a record spelt otherwise",
      (files) => rewrite(files, "evidence/smoke-test.json", (text) => `${text}\n`),
      /canonical JSON/,
    ],
    [
      "a record of another repository",
      (files) => rewrite(files, "evidence/smoke-test.json", (text) => text.replaceAll("octo/tide", "octo/ebb")),
      /expected repository octo\/tide, found octo\/ebb/,
    ],
    [
      "a record doubled",
      (files) => files.set("evidence/smoke-test-copy.json", files.get("evidence/smoke-test.json") ?? new Uint8Array()),
      /the verdict names no such record/,
    ],
    [
      "another verdict written",
      (files) => rewrite(files, "verdict.json", (text) => text.replace('"verdict":"Released"', '"verdict":"Aborted"')),
      /when ruling again/,
    ],
    [
      "another plan digest written",
      (files) => rewrite(files, "verdict.json", (text) => text.replace(/("plan-digest":"sha256:)..../, "$10000")),
      /plan digest: verdict.json says/,
    ],
    [
      "an effect hidden",
      (files) => rewrite(files, "record.json", (text) => text.replace(/"effects":\[.*?\]/, '"effects":[]')),
      /plan digest: verdict.json says/,
    ],
  ])("%s is told, even when the record is made to fit", async (_what, tamper, tells) => {
    const files = await good();
    tamper(files);
    if (files.has("record.json")) reseal(files);
    expect(verifyEvidence(files).differences.join("\n")).toMatch(tells);
  });

  it.each(["report.html", "report.md"])("an altered %s is told", async (name) => {
    const files = await good();
    rewrite(files, name, (text) => `${text} `);
    expect(verifyEvidence(files).differences.join("\n")).toContain(`attachment ${name}`);
  });

  it("a broken link is told although every digest was made to fit", async () => {
    const files = await good();
    rewrite(files, "evidence/build-manifest.json", (text) => text.replace("it does", "it did"));
    const before = JSON.parse(decoder.decode(files.get("verdict.json")));
    const entry = before.stages.find(({ file }: { file: string }) => file === "evidence/build-manifest.json");
    const forged = digestOfBytes(files.get("evidence/build-manifest.json") ?? new Uint8Array());
    rewrite(files, "verdict.json", (text) => text.replace(entry.digest, forged));
    rewrite(files, "record.json", (text) => text.replace(entry.digest, forged));
    reseal(files);
    expect(verifyEvidence(files).differences.join("\n")).toMatch(/verdict.chain-broken/);
  });

  it("a verdict that says it relied on other records is told", async () => {
    const files = await good();
    const record = JSON.parse(decoder.decode(files.get("record.json")));
    record.consumed[2].digest = `sha256:${"0".repeat(64)}`;
    files.set("record.json", encoder.encode(canonicalJson(record)));
    expect(verifyEvidence(files).differences).toEqual([
      expect.stringMatching(/relied on seaworthy-auto-tag-1@sha256:0+, which is not among the evidence/),
      "evidence/auto-tag.json: the verdict did not rely on this record",
    ]);
  });

  it("ALL-07 VER-18: an override is computed again from the records, and one that is hidden is told", async () => {
    const override = anOverride();
    const check = aCheck({ id: "increase", result: "fail", code: override.code, override });
    const chain = aChain({ changes: { "plan-release": { checks: [aCheck(), check] } }, approval: {} });
    const files = await artifactOf(aChainContext(chain));
    expect(verifyEvidence(files)).toMatchObject({ document: { verdict: "Released-with-override" }, differences: [] });
    rewrite(files, "verdict.json", (text) => text.replace(/"overrides":\[.*?\]/, '"overrides":[]'));
    reseal(files);
    expect(verifyEvidence(files).differences.join("\n")).toMatch(/overrides: verdict.json says \[\]/);
  });

  it("a Released without any finding on the GitHub release is told", async () => {
    const files = await good();
    const document = JSON.parse(decoder.decode(files.get("verdict.json")));
    document.checks = document.checks.filter(({ id }: { id: string }) => id !== "github-release");
    files.set("verdict.json", encoder.encode(canonicalJson(document)));
    reseal(files);
    expect(verifyEvidence(files).differences).toContain("expected a finding on the GitHub release, found none");
  });
});

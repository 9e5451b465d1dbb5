import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { type AttestationFacts, judgeAttestation, markerSchema } from "./judge-attestation.ts";

const policy = {
  testers: ["ann"],
  tiers: ["1", "7"],
  "max-age": "720h",
  "warn-age": "336h",
  "allowed-drift": ["CHANGELOG.md", "locks/**"],
  "max-open-findings": 1,
};
const raw = {
  version: "1.1.0",
  sha: aSha(),
  tester: "ann",
  "attested-at": "2026-01-01T12:00:00Z",
  "open-findings": 0,
  tiers: ["1", "7"],
  evidence: [{ tiers: ["1", "7"], run: "4711" }],
};
const facts = (marker: object = {}, others: Partial<AttestationFacts> = {}): AttestationFacts => ({
  marker: markerSchema.parse({ ...raw, ...marker }),
  path: "marker.json",
  candidate: { sha: aSha(), version: "1.1.0" },
  digests: new Map(),
  drift: [],
  now: new Date("2026-01-02T12:00:00Z"),
  ...others,
});
const digest = digestOfBytes("report");
const filed = { evidence: [{ tiers: ["1", "7"], file: "r.json", digest }] };
const elsewhere = { sha: aSha("b") };

describe("GAT-61 U11: a tester's marker", () => {
  it.each([
    ["passes for this version, commit and tester", facts(), "pass", undefined],
    ["GAT-28: passes with as many open findings as are allowed", facts({ "open-findings": 1 }), "pass", undefined],
    ["GAT-28: fails with more", facts({ "open-findings": 2 }), "fail", "gates.attestation-findings"],
    ["GAT-28: fails where it tells none", facts({ "open-findings": undefined }), "fail", "gates.attestation-findings"],
    ["fails for another version", facts({ version: "1.1.1" }), "fail", "gates.attestation-version"],
    [
      "passes for a commit that differs in allowed paths",
      facts(elsewhere, { drift: ["CHANGELOG.md", "locks/a/b", "marker.json"] }),
      "pass",
      undefined,
    ],
    [
      "fails for a commit that differs elsewhere",
      facts(elsewhere, { drift: ["CHANGELOG.md", "src/a.ts"] }),
      "fail",
      "gates.attestation-sha",
    ],
    [
      "is inconclusive for a commit that git does not have",
      facts(elsewhere, { drift: undefined }),
      "inconclusive",
      "gates.attestation-sha",
    ],
    ["fails by a stranger", facts({ tester: "bob" }), "fail", "gates.attestation-signer"],
    ["passes at exactly its largest age", facts({}, { now: new Date("2026-01-31T12:00:00Z") }), "pass", undefined],
    ["fails a second later", facts({}, { now: new Date("2026-01-31T12:00:01Z") }), "fail", "gates.attestation-stale"],
    ["fails from the future", facts({}, { now: new Date("2026-01-01T11:59:59Z") }), "fail", "gates.attestation-stale"],
    ["fails without a wanted tier", facts({ tiers: ["1"] }), "fail", "gates.attestation-unproven"],
    [
      "fails with a tier that no evidence covers",
      facts({ evidence: [{ tiers: ["1"], run: "4711" }] }),
      "fail",
      "gates.attestation-unproven",
    ],
    ["passes with a file of the digest", facts(filed, { digests: new Map([["r.json", digest]]) }), "pass", undefined],
    [
      "fails with a file of another digest",
      facts(filed, { digests: new Map([["r.json", digestOfBytes("x")]]) }),
      "fail",
      "gates.attestation-unproven",
    ],
    ["fails with a file that is not there", facts(filed), "fail", "gates.attestation-unproven"],
  ])("%s", (_rule, given, result, code) => {
    const finding = judgeAttestation(policy, given);
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("says from its warning age on that it is getting old", () => {
    const because = (now: string) => judgeAttestation(policy, facts({}, { now: new Date(now) })).because;
    expect(because("2026-01-15T11:59:59Z")).not.toMatch(/old/);
    expect(because("2026-01-15T12:00:00Z")).toMatch(/getting old$/);
  });

  it.each([
    ["no evidence", { evidence: [] }],
    ["evidence that is only said", { evidence: [{ tiers: ["1"], run: "I tried it" }] }],
    ["half a commit id", { sha: "abc1234" }],
    ["no time", { "attested-at": "yesterday" }],
  ])("is refused with %s", (_what, changes) => {
    expect(markerSchema.safeParse({ ...raw, ...changes }).success).toBe(false);
  });
});

const cut = digestOfBytes("CHANGELOG.md\0… and what was left out\0");

describe("GAT-61: a leg of kind attestation", () => {
  const gate = {
    id: "tried",
    kind: "attestation",
    path: "attest/{version}.json",
    testers: ["ann"],
    "allowed-drift": ["CHANGELOG.md"],
  };
  const marker = (changes: object = {}) => aFile("attest/1.1.0.json", JSON.stringify({ ...raw, ...changes }));
  const diff = `git -c safe.directory='*' diff --no-renames --ignore-submodules=none --name-only -z ${aSha("b")} ${aSha()} --`;
  const sit = (world: GateWorld) => {
    const { given, context, ports } = gateTrial(gate, world);
    return releaseGates(given, context, ports);
  };

  it.each([
    ["passes by the marker of this version", { files: [marker()] }, undefined],
    ["is inconclusive without it", { files: [aFile("attest/1.0.0.json", "{}")] }, "gates.attestation-missing"],
    ["is inconclusive with a broken one", { files: [aFile("attest/1.1.0.json", "{}")] }, "gates.attestation-missing"],
    [
      "asks git what has changed since",
      { files: [marker(elsewhere)], lines: { [diff]: anExecution({ output: "CHANGELOG.md\0attest/1.1.0.json\0" }) } },
      undefined,
    ],
    [
      "fails by what has changed besides",
      { files: [marker(elsewhere)], lines: { [diff]: anExecution({ output: "src/a.ts\0" }) } },
      "gates.attestation-sha",
    ],
    [
      "is inconclusive when the list is too long to be kept whole",
      {
        files: [marker(elsewhere)],
        lines: { [diff]: { ...anExecution({ output: "CHANGELOG.md\0" }), outputDigest: cut } },
      },
      "gates.attestation-sha",
    ],
    [
      "is inconclusive when git cannot tell",
      { files: [marker(elsewhere)], lines: { [diff]: anExecution({ exit: 128 }) } },
      "gates.attestation-sha",
    ],
  ])("%s", async (_rule, world, code) => {
    const { checks } = await sit(world);
    expect([conclude(checks).result === "pass", decidingCode(checks)]).toEqual([code === undefined, code]);
  });
});

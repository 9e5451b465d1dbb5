import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { aFile } from "#src/testing/fake-checkout-files";
import { fakeClock } from "#src/testing/fake-clock";
import { anExecution } from "#src/testing/fake-shell";
import { FakeWorkflowRuns } from "#src/testing/fake-workflow-runs";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { type AttestationFacts, judgeAttestation } from "./judge-attestation.ts";
import { markerSchema } from "./marker.ts";

const policy: Parameters<typeof judgeAttestation>[0] = {
  testers: [{ name: "ann", email: "ann@example.org" }],
  signed: false,
  evidence: "verified",
  tiers: { "1": "unit", "7": "soak" },
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
const change = { sha: aSha("c"), author: "Ann@example.org", committer: "ann@example.org" };
const facts = (marker: object = {}, others: Partial<AttestationFacts> = {}): AttestationFacts => ({
  marker: markerSchema.parse({ ...raw, ...marker }),
  path: "marker.json",
  candidate: { sha: aSha(), version: "1.1.0" },
  change,
  shown: [{ piece: "run 4711", names: ["unit", "soak"] }],
  drift: [],
  now: new Date("2026-01-02T12:00:00Z"),
  ...others,
});
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
    [
      "fails with evidence that does not hold",
      facts({}, { shown: [{ piece: "run 4711", wrong: "expected a run, found none", names: [] }] }),
      "fail",
      "gates.attestation-unproven",
    ],
    [
      "fails where the job of a tier did not succeed",
      facts({}, { shown: [{ piece: "run 4711", names: ["unit"] }] }),
      "fail",
      "gates.attestation-unproven",
    ],
    [
      "fails where another piece of evidence than the one that claims a tier shows its job",
      facts(
        { evidence: [...raw.evidence, { tiers: ["1"], run: "4712" }] },
        {
          shown: [
            { piece: "run 4711", names: ["unit"] },
            { piece: "run 4712", names: ["soak"] },
          ],
        },
      ),
      "fail",
      "gates.attestation-unproven",
    ],
    [
      "fails with a tier besides for which the gate names no job",
      facts({ tiers: ["1", "7", "toString"], evidence: [{ tiers: ["1", "7", "toString"], run: "4711" }] }),
      "fail",
      "gates.attestation-unproven",
    ],
    [
      "fails where another author has last changed it",
      facts({}, { change: { ...change, author: "bob@example.org" } }),
      "fail",
      "gates.attestation-signer",
    ],
    [
      "is inconclusive where git cannot tell who has",
      facts({}, { change: undefined }),
      "inconclusive",
      "gates.attestation-signer",
    ],
  ])("%s", (_rule, given, result, code) => {
    const finding = judgeAttestation(policy, given);
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("may declare its tiers itself where the policy takes that, and says so", () => {
    const declared = facts({}, { shown: [{ piece: "r.json", names: [] }] });
    expect(judgeAttestation(policy, declared).because).toMatch(/found self-declared 1 \(unit\), 7 \(soak\)$/);
    const lax = judgeAttestation({ ...policy, evidence: "self-declared" }, declared);
    expect(lax).toMatchObject({ result: "pass", because: expect.stringMatching(/; self-declared: 1, 7$/) });
  });

  it.each([
    ["passes by a signature that GitHub verified", { signature: { verified: true, reason: "valid" } }, undefined],
    ["fails without one", {}, "gates.attestation-signer"],
    [
      "fails by one that it refused",
      { signature: { verified: false, reason: "unknown_key" } },
      "gates.attestation-signer",
    ],
    [
      "fails by one of another committer",
      { committer: "noreply@github.example", signature: { verified: true, reason: "valid" } },
      "gates.attestation-signer",
    ],
  ])("that is to be signed %s", (_rule, signing, code) => {
    const given = facts({}, { change: { ...change, ...signing } });
    expect(judgeAttestation({ ...policy, signed: true }, given).code).toBe(code);
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
    testers: [{ name: "ann", email: "ann@example.org" }],
    tiers: { "1": "unit", "7": "soak" },
    "allowed-drift": ["CHANGELOG.md"],
  };
  const marker = (changes: object = {}) => aFile("attest/1.1.0.json", JSON.stringify({ ...raw, ...changes }));
  const diff = `git -c safe.directory='*' diff --no-renames --ignore-submodules=none --name-only -z ${aSha("b")} ${aSha()} --`;
  const git = "git --no-replace-objects --no-optional-locks --literal-pathspecs -c safe.directory='*'";
  const as = `${git} cat-file -e "HEAD:$SEAWORTHY_PATH" && ${git} status --porcelain --ignored --untracked-files=all -- "$SEAWORTHY_PATH"`;
  const log = `test "$(${git} rev-parse --is-shallow-repository)" = false && ${git} log -1 --no-show-signature --format=%H%x00%ae%x00%ce HEAD -- "$SEAWORTHY_PATH"`;
  const told = {
    [as]: anExecution(),
    [log]: anExecution({ output: `${aSha("c")}\0ann@example.org\0ann@example.org\n` }),
  };
  const run = { id: 4711, finished: true, conclusion: "success" };
  const ran = (facts: object = {}, succeeded = ["unit", "soak"], sha = aSha()) =>
    new FakeWorkflowRuns(fakeClock(), sha, { succeeded }).put({ ...run, ...facts });
  const sit = (world: GateWorld, policy: object = {}) => {
    const sha = world.files?.[0]?.bytes && new TextDecoder().decode(world.files[0].bytes).includes(aSha("b"));
    const runs = ran({}, ["unit", "soak"], sha ? aSha("b") : aSha());
    const { given, context, ports } = gateTrial(
      { ...gate, ...policy },
      { runs, ...world, lines: { ...told, ...world.lines } },
    );
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

  it.each([
    ["is not there", new FakeWorkflowRuns(fakeClock(), aSha())],
    ["failed", ran({ conclusion: "failure" })],
    ["has not ended", ran({ finished: false, conclusion: "" })],
    ["is of another commit", ran({}, ["unit", "soak"], aSha("d"))],
    ["did not run the jobs", ran({}, ["lint"])],
  ])("fails by a run that %s", async (_what, runs) => {
    const { checks } = await sit({ files: [marker()], runs });
    expect(decidingCode(checks)).toBe("gates.attestation-unproven");
  });

  it("fails by a run of another repository with the same number", async () => {
    const evidence = [{ tiers: ["1", "7"], run: "https://github.example/eve/tide/actions/runs/4711" }];
    const { checks } = await sit({ files: [marker({ evidence })], runs: ran({ url: "https://github.example/o/t" }) });
    expect(decidingCode(checks)).toBe("gates.attestation-unproven");
  });

  it("is inconclusive when GitHub does not tell about the run", async () => {
    const deaf = { kind: "upstream", code: "tag.dispatch-failed" } as const;
    const { checks } = await sit({ files: [marker()], runs: new FakeWorkflowRuns(fakeClock(), aSha(), { deaf }) });
    expect([conclude(checks).result, decidingCode(checks)]).toEqual(["inconclusive", "gates.attestation-unknown"]);
  });

  it("counts no marker that is not as the candidate has it", async () => {
    const lines = { [as]: anExecution({ output: " M attest/1.1.0.json\n" }) };
    const { checks } = await sit({ files: [marker()], lines });
    expect(decidingCode(checks)).toBe("gates.attestation-missing");
  });

  it("asks GitHub about the signature where one is wanted", async () => {
    const signed = async (verified: boolean) =>
      decidingCode((await sit({ files: [marker()], signature: { verified, reason: "x" } }, { signed: true })).checks);
    expect([await signed(true), await signed(false)]).toEqual([undefined, "gates.attestation-signer"]);
  });

  const suite = (name: string, inner: string) => `<testsuite name="${name}">${inner}</testsuite>`;
  const good = suite("unit", `<testcase name="a"/>`) + suite("soak", `<testcase name="b"/>`);
  it.each([
    ["passes with executed tests in the suites", good, undefined],
    ["fails with none in one of them", good.replace(`name="b"/>`, `name="b"><skipped/></testcase>`), "x"],
    ["fails without any", suite("unit", "") + suite("soak", ""), "x"],
    ["fails with a test that failed", good.replace(`name="b"/>`, `name="b"><failure/></testcase>`), "x"],
    ["fails with what is no report", "<html>", "x"],
  ])("by a report %s", async (_what, text, code) => {
    const report = aFile("r.xml", `<testsuites>${text}</testsuites>`);
    const digest = digestOfBytes(`<testsuites>${text}</testsuites>`);
    const evidence = (of = digest) => [{ tiers: ["1", "7"], file: "r.xml", digest: of }];
    const by = async (of?: typeof digest) =>
      decidingCode((await sit({ files: [marker({ evidence: evidence(of) }), report] })).checks);
    expect(await by()).toBe(code && "gates.attestation-unproven");
    expect(await by(digestOfBytes("another"))).toBe("gates.attestation-unproven");
  });
});

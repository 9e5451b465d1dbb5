import { describe, expect, it } from "vitest";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { JobResult } from "#src/domain/release-verdict";
import { aCheck } from "#src/testing/builders";
import { aChain, aChainContext, type ChainOptions } from "#src/testing/release-chain";
import { judgeEvidence, type Ruling, rule } from "./decide.ts";
import { gatherFacts } from "./facts.ts";

type Stage = EvidenceRecord["stage"];

const failing = (code: "smoke.exit" | "tag.create-failed" | "gates.none-configured") => ({
  checks: [aCheck({ result: "fail", code: code === "smoke.exit" ? "all.not-run" : code, because: "it broke" })],
  verdict: { result: "fail" as const, "decided-by": ["one"] },
  outcome: "blocked" as const,
});

const inconclusive = {
  checks: [aCheck({ result: "inconclusive" as const, code: "all.tool-missing" as const })],
  verdict: { result: "inconclusive" as const, "decided-by": ["one"] },
  outcome: "blocked" as const,
};

function ruled(
  options: ChainOptions = {},
  { without = [], results = {} }: { without?: Stage[]; results?: object } = {},
) {
  const chain = aChain(options).filter(({ record }) => !without.includes(record.stage));
  const facts = gatherFacts(JSON.stringify(results), aChainContext(chain));
  return rule(facts, judgeEvidence(facts));
}

const codesOf = ({ checks }: Ruling) => checks.flatMap(({ code }) => code ?? []);

describe("the outcome", () => {
  it("VER-01: is Released when every stage is proven, with a reason and its code", () => {
    expect(ruled()).toMatchObject({ verdict: "Released", outcome: "release", reason: { code: "verdict.all-proven" } });
  });

  it("VER-01: a rehearsal in which everything is proven has no verdict, and says what a live run would be", () => {
    const ruling = ruled({ mode: "rehearsal" });
    expect(ruling).toMatchObject({ verdict: null, outcome: "no-release", reason: { code: "verdict.rehearsed" } });
    expect(ruling.reason.text).toContain("a live run of this plan would be Released");
  });

  it.each([
    ["Released where the plan says so", false, "Released", "verdict.all-proven"],
    ["Aborted where the plan says that it applies", true, "Aborted", "all.evidence-mismatch"],
  ])("GAT-02: with a gate left out is %s", (_rule, applies, outcome, code) => {
    const left = aCheck({ id: "db", result: "not-applicable", code: "gates.not-applicable" });
    const planned = applies ? [] : [{ ...left, id: "gate:db" }];
    const ruling = ruled({
      changes: {
        "plan-release": { checks: [aCheck(), ...planned] },
        "release-gates": { checks: [aCheck({ id: "unit" }), left] },
      },
    });
    expect(ruling).toMatchObject({ verdict: outcome, reason: { code } });
  });

  it("VER-01: names each gate that failed and each in doubt, however many there are", () => {
    const failed = aCheck({ id: "unit", title: "Unit", result: "fail", code: "gates.failed" });
    const doubts = Array.from({ length: 30 }, (_, n) =>
      aCheck({ id: `g${n}`, title: `Gate ${n}`, result: "inconclusive", code: "gates.leg-missing", because: "no leg" }),
    );
    const verdict = { result: "fail" as const, "decided-by": ["unit"] };
    const gates = { checks: [...doubts, failed], verdict, outcome: "blocked" as const };
    const { text, code } = ruled({ changes: { "release-gates": gates } }).reason;
    expect(code).toBe("gates.failed");
    expect(text).toContain("Unit: ");
    expect(text).toContain("Gate 0: no leg; Gate 1: no leg");
    expect(text).toMatch(/Gate 18: no leg; and 11 more: g19, g20, .*, g29$/);
  });

  it("a plan that finds nothing to release ends green and explained, without a verdict", () => {
    const changes = { "plan-release": { outcome: "no-release", next: "Nothing: 1.1.0 is released." } as const };
    const ruling = ruled({ changes }, { without: restOf("plan-release") });
    expect(ruling).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(ruling.reason).toEqual({
      code: "verdict.nothing-to-release",
      text: "There is nothing to release. Nothing: 1.1.0 is released.",
    });
  });

  it("TAG-14: a tag stage that leaves the version out ends green and explained, once all before it is proven", () => {
    const changes = { "auto-tag": { outcome: "no-release", next: "Nothing: 1.1.0rc1 is no stable version." } as const };
    const without = restOf("auto-tag");
    expect(ruled({ changes }, { without })).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(ruled({ changes }, { without: [...without, "release-gates"] })).toMatchObject({ verdict: "Aborted" });
    expect(ruled({ changes })).toMatchObject({ verdict: "Aborted", reason: { code: "verdict.phase-unexplained" } });
  });

  it("a plan without a release does not excuse stages that went on all the same", () => {
    const ruling = ruled({ changes: { "plan-release": { outcome: "no-release" } } });
    expect(ruling).toMatchObject({ verdict: "Aborted", reason: { code: "verdict.phase-unexplained" } });
  });

  it.each<[rule: string, options: ChainOptions, code: string]>([
    ["a failing gate", { changes: { "release-gates": failing("gates.none-configured") } }, "gates.none-configured"],
    ["an inconclusive watch", { changes: { "watch-window": inconclusive } }, "all.tool-missing"],
    [
      "the first of two, in the order of the chain",
      { changes: { "watch-window": failing("smoke.exit"), "auto-tag": failing("tag.create-failed") } },
      "tag.create-failed",
    ],
    [
      "the first of two, though the second is the worse",
      { changes: { "auto-tag": inconclusive, "smoke-test": failing("smoke.exit") } },
      "all.tool-missing",
    ],
    [
      "a later stage that found nothing to release",
      { changes: { "smoke-test": { outcome: "no-release" } } },
      "verdict.phase-unexplained",
    ],
    [
      "a record whose own checks do not support its verdict",
      { changes: { "smoke-test": { checks: failing("gates.none-configured").checks } } },
      "gates.none-configured",
    ],
    ["a record without any check", { changes: { "smoke-test": { ...inconclusive, checks: [] } } }, "all.not-run"],
  ])("VER-13: %s aborts with its code", (_rule, options, code) => {
    const ruling = ruled(options);
    expect(ruling).toMatchObject({ verdict: "Aborted", outcome: "blocked", reason: { code } });
  });
});

describe("people who are asked", () => {
  const rejected = {
    checks: [
      aCheck({ id: "sign-off", result: "fail", code: "gates.aborted-by-decision", because: "rejected by joan" }),
    ],
    verdict: { result: "fail" as const, "decided-by": ["sign-off"] },
    outcome: "blocked" as const,
  };

  it("GAT-57: let a release be Released once they approved", () => {
    const ruling = ruled({ approval: {} });
    expect(ruling).toMatchObject({ verdict: "Released" });
    const stage = ruling.checks.find(({ id }) => id === "stage-release-gates");
    expect(stage?.because).toContain("release-gates/approval_answer passed");
  });

  it("GAT-57: abort it with their decision, and nothing is live where the tag's job never came to run", () => {
    const results = { prepare: { result: "failure" } };
    const ruling = ruled({ approval: rejected }, { without: restOf("auto-tag").concat("auto-tag"), results });
    expect(ruling).toMatchObject({ verdict: "Aborted", reason: { code: "gates.aborted-by-decision" } });
    expect(ruling.reason.text).toContain("rejected by joan");
    expect(ruling.next).toContain("No evidence shows a write to the world.");
  });

  it("GAT-55: block it where no record tells what they answered", () => {
    const results = { prepare: { result: "failure" } };
    const ruling = ruled({ approval: "silent" }, { without: restOf("auto-tag").concat("auto-tag"), results });
    expect(ruling).toMatchObject({ verdict: "Aborted", reason: { code: "gates.approval-missing" } });
    expect(ruling.next).toContain("No evidence shows a write to the world.");
  });

  it("do not stand in for the collection", () => {
    const chain = aChain({ approval: {} }).filter(
      ({ record }) => record.stage !== "release-gates" || record.leg !== "",
    );
    const facts = gatherFacts("", aChainContext(chain));
    expect(rule(facts, judgeEvidence(facts))).toMatchObject({ reason: { code: "verdict.evidence-missing" } });
  });
});

describe("a stage without a record", () => {
  it.each<[why: string, results: Record<string, { result: JobResult["result"] }>, code: string]>([
    ["cancelled", { smoke: { result: "cancelled" } }, "all.interrupted"],
    ["failed", { "smoke-test": { result: "failure" } }, "verdict.stage-failed"],
    ["skipped", { smoke: { result: "skipped" } }, "verdict.stage-skipped"],
    ["succeeded all the same", { smoke: { result: "success" } }, "verdict.evidence-missing"],
    ["told by nobody", {}, "verdict.evidence-missing"],
    ["told by jobs of other stages only", { watch: { result: "failure" } }, "verdict.evidence-missing"],
  ])("ALL-03: whose job was %s blocks with its own code", (_why, results, code) => {
    expect(ruled({}, { without: ["smoke-test"], results })).toMatchObject({ verdict: "Aborted", reason: { code } });
  });

  it("ALL-03: a look at the build before the upload does not prove what users get", () => {
    const ruling = ruled({ changes: { "publish-verify": { leg: "provenance" } } });
    expect(ruling).toMatchObject({ verdict: "Aborted", reason: { code: "verdict.evidence-missing" } });
    expect(ruling.checks.at(-1)?.because).not.toContain("publish-verify saw it");
  });

  it("a build that was refused before the upload is the reason, and not the upload that was skipped", () => {
    const checks = [aCheck({ result: "fail", code: "publish.wrong-workflow" })];
    const verdict = { result: "fail" as const, "decided-by": ["one"] };
    const refused = { leg: "provenance", checks, verdict, outcome: "blocked" as const };
    const results = { provenance: { result: "failure" }, publish: { result: "skipped" } };
    const { reason } = ruled({ changes: { "publish-verify": refused } }, { results });
    expect(reason.code).toBe("publish.wrong-workflow");
  });

  it("a failed publish job of the consumer outweighs that the verification was skipped", () => {
    const results = { "publish-verify": { result: "skipped" }, publish: { result: "failure" } };
    const { reason } = ruled({}, { without: ["publish-verify", "smoke-test", "watch-window"], results });
    expect(reason).toMatchObject({ code: "verdict.stage-failed", text: expect.stringContaining("job publish failed") });
  });

  it.each<[stage: Stage, results: Record<string, { result: JobResult["result"] }>, because: string]>([
    [
      "publish-verify",
      { verify: { result: "skipped" }, deploy: { result: "failure" }, lint: { result: "cancelled" } },
      "job verify was skipped; likely cause: job deploy failed, job lint was cancelled",
    ],
    ["publish-verify", { "upload-npm": { result: "failure" } }, "no record came; likely cause: job upload-npm failed"],
    [
      "build-manifest",
      { build: { result: "skipped" }, prepare: { result: "failure" }, watch: { result: "failure" } },
      "job build was skipped; likely cause: job prepare failed",
    ],
    [
      "build-manifest",
      { build: { result: "success" } },
      "job build succeeded but handed over no record: pass its `record` output in `records`",
    ],
    [
      "release-gates",
      { prepare: { result: "success" } },
      "job prepare succeeded but handed over no record: pass its `records` output in `records`",
    ],
    ["publish-verify", { publish: { result: "success" } }, "no record came, and no job tells why"],
  ])("ALL-03: of %s with the jobs %j says what to look at", (stage, results, because) => {
    const { checks } = ruled({}, { without: [stage, ...restOf(stage)], results });
    expect(checks.find(({ id }) => id === `stage-${stage}`)?.because).toMatch(
      new RegExp(`${because.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
    );
  });

  it("ALL-03: results of jobs that were handed over and cannot be read block, instead of telling nothing", () => {
    const facts = gatherFacts('[,{"publish":{"result":"failure"}}]', aChainContext(aChain()));
    expect(rule(facts, judgeEvidence(facts))).toMatchObject({
      verdict: "Aborted",
      reason: { code: "verdict.jobs-untold" },
    });
  });

  it("gates are proven by their collector, never by a leg alone", () => {
    const chain = aChain({ changes: { "release-gates": { leg: "unit" } } });
    const facts = gatherFacts("", aChainContext(chain));
    expect(rule(facts, judgeEvidence(facts)).reason.code).toBe("verdict.evidence-missing");
  });

  it("nothing at all aborts at the plan, and proves no chain", () => {
    const facts = gatherFacts("", aChainContext([]));
    expect(judgeEvidence(facts).filter(({ result }) => result === "inconclusive")).toMatchObject([
      { id: "chain-intact", code: "verdict.evidence-missing" },
      { id: "one-release", code: "verdict.evidence-missing" },
      { id: "jobs-succeeded", code: "verdict.jobs-untold", required: false },
    ]);
    expect(rule(facts, judgeEvidence(facts))).toMatchObject({
      verdict: "Aborted",
      reason: { code: "verdict.evidence-missing", text: expect.stringContaining("plan-release") },
    });
  });
});

describe("VER-07: the chain", () => {
  it("is broken when a record relied on evidence that is not there", () => {
    const other = aChain({ notes: "Another plan.\n" });
    const mixed = aChain().map((one, index) => (index === 6 ? (other[6] ?? one) : one));
    const facts = gatherFacts("", aChainContext(mixed));
    const ruling = rule(facts, judgeEvidence(facts));
    expect(ruling.reason).toMatchObject({
      code: "verdict.chain-broken",
      text: expect.stringContaining("watch-window"),
    });
  });

  it("is broken when a record relied on nothing", () => {
    expect(ruled({ changes: { "watch-window": { consumed: [] } } }).reason.code).toBe("verdict.chain-broken");
  });

  it.each<[stage: Stage, necessary: Stage]>([
    ["auto-tag", "release-gates"],
    ["publish-verify", "build-manifest"],
    ["smoke-test", "build-manifest"],
  ])("is broken when %s did not rely on %s", (stage, necessary) => {
    const consumed = aChain()
      .find(({ record }) => record.stage === stage)
      ?.record.consumed.filter((link) => link.stage !== necessary);
    const ruling = ruled({ changes: { [stage]: { consumed } } });
    expect(ruling.checks.find(({ id }) => id === "chain-intact")?.because).toContain(
      `${stage} does not rely on the record of ${necessary}`,
    );
  });

  it("counts the legs that the collector carries as part of the ledger", () => {
    const facts = gatherFacts("", aChainContext(aChain()));
    expect(facts.legs.map(({ record }) => record.leg)).toEqual(["unit"]);
    expect(judgeEvidence(facts).find(({ id }) => id === "chain-intact")?.result).toBe("pass");
  });

  it("a record under another policy is no evidence of this release", () => {
    const changes = { "watch-window": { policy: `sha256:${"0".repeat(64)}` } };
    expect(ruled({ changes }).reason).toMatchObject({ code: "all.evidence-mismatch" });
  });
});

describe("an aborted release", () => {
  it("VER-11: with a tag done names it in a check of its own, and the first reason stays", () => {
    const ruling = ruled({ changes: { "build-manifest": inconclusive } }, { without: restOf("build-manifest") });
    expect(ruling.reason.code).toBe("all.tool-missing");
    expect(ruling.checks.at(-1)).toMatchObject({
      id: "abort-clean",
      code: "verdict.abort-not-clean",
      because: expect.stringContaining("tag refs/tags/v1.1.0 is there"),
    });
  });

  it("VER-11: after publishing says that the version is live", () => {
    const ruling = ruled({ changes: { "smoke-test": failing("smoke.exit") } });
    expect(ruling.checks.at(-1)?.because).toContain("1.1.0 is live: publish-verify saw it");
  });

  it("VER-16: a partial publish says what is live in part", () => {
    const changes = {
      "publish-verify": {
        checks: [aCheck({ result: "fail", code: "publish.hash-mismatch", title: "npm", because: "other bytes" })],
        verdict: { result: "fail" as const, "decided-by": ["one"] },
        outcome: "blocked" as const,
      },
    };
    const ruling = ruled({ changes });
    expect(ruling.reason.code).toBe("publish.hash-mismatch");
    expect(ruling.checks.at(-1)?.because).toContain("1.1.0 is live in part (npm: other bytes)");
  });

  it("VER-16: a channel that is live is named although another one is not", () => {
    const changes = {
      "publish-verify": {
        checks: [aCheck({ result: "fail", code: "publish.not-live", title: "mirror", because: "no trace" })],
        verdict: { result: "fail" as const, "decided-by": ["one"] },
        outcome: "blocked" as const,
        subjects: [{ name: "tide@1.1.0", digest: {} }],
      },
    };
    const ruling = ruled({ changes });
    expect(ruling.checks.at(-1)?.because).toContain("tide@1.1.0 is live: publish-verify saw it");
    expect(ruling.checks.at(-1)?.because).not.toContain("in part");
  });

  it("VER-11: a publish job that succeeded counts as live, even without any record of it", () => {
    const results = { publish: { result: "success" } };
    const ruling = ruled({}, { without: restOf("build-manifest"), results });
    expect(ruling.checks.at(-1)?.because).toContain("job publish succeeded");
  });

  it("before anything was written leaves nothing live, and says so", () => {
    const ruling = ruled({ changes: { "plan-release": inconclusive } }, { without: restOf("plan-release") });
    expect(codesOf(ruling)).not.toContain("verdict.abort-not-clean");
    expect(ruling.next).toContain("No evidence shows a write to the world");
  });

  it.each(["failure", "cancelled"] as const)(
    "VER-01: a tag job that ended %s without a record may have tagged",
    (result) => {
      const ruling = ruled({}, { without: restOf("release-gates"), results: { prepare: { result } } });
      expect(ruling.checks.at(-1)?.because).toContain(`job prepare ended ${result}, so the tag may be there`);
    },
  );

  it("before the gates passed cannot have tagged", () => {
    const results = { prepare: { result: "failure" } };
    const ruling = ruled({}, { without: restOf("plan-release"), results });
    expect(codesOf(ruling)).not.toContain("verdict.abort-not-clean");
  });

  it.each([
    ["failure", "so what it writes may have been written"],
    ["cancelled", "so what it writes may have been written"],
    ["success", "so users may get the version"],
  ])("VER-01: a publish job that ended %s without evidence is named", (result, because) => {
    const ruling = ruled({}, { without: restOf("build-manifest"), results: { publish: { result } } });
    expect(ruling.checks.at(-1)?.because).toContain(because);
  });

  it("VER-01: any job besides the suite's own that ran may have written, whatever its name", () => {
    const results = {
      deploy: { result: "failure" },
      "publish-npm": { result: "success" },
      lint: { result: "skipped" },
    };
    const because = ruled({}, { without: restOf("build-manifest"), results }).checks.at(-1)?.because;
    expect(because).toContain("job deploy ended failure");
    expect(because).toContain("job publish-npm succeeded");
    expect(because).not.toContain("lint");
  });

  it("VER-01: an interrupted tag stage that recorded no effect may have tagged all the same", () => {
    const changes = { "auto-tag": { ...inconclusive, effects: [] } };
    const ruling = ruled({ changes }, { without: restOf("auto-tag"), results: { tag: { result: "cancelled" } } });
    expect(ruling.checks.at(-1)?.because).toContain("job tag ended cancelled, so the tag may be there");
  });

  it.each(["failure", "cancelled"])(
    "VER-01: a job that ended %s is not explained away by records that pass",
    (result) => {
      const ruling = ruled({}, { results: { watch: { result } } });
      expect(ruling).toMatchObject({ verdict: "Aborted", reason: { code: "verdict.job-failed" } });
    },
  );

  it("in a rehearsal leaves nothing live", () => {
    const ruling = ruled({ mode: "rehearsal", changes: { "smoke-test": inconclusive } });
    expect(codesOf(ruling)).not.toContain("verdict.abort-not-clean");
  });
});

function restOf(stage: Stage): Stage[] {
  const names = [...new Set(aChain().map(({ record }) => record.stage))];
  return names.slice(names.indexOf(stage) + 1);
}

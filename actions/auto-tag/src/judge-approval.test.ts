import { describe, expect, it } from "vitest";
import { approvalGate } from "#src/contract/config/gates/approval";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { Check } from "#src/domain/verdict";
import { aCheck, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { judgeApproval } from "./judge-approval.ts";

const asking = { id: "sign-off", kind: "approval", environment: "release" };
const release = (mode: "live" | "rehearsal" = "live") => ({ ...aRelease({ mode }), tag: "v1.1.0", version: "1.1.0" });
const collector = anArrival(aRecord({ stage: "release-gates" }));
const links = [{ stage: "release-gates" as const, leg: "", artifact: collector.artifact, digest: collector.digest }];
const other = anArrival(aRecord({ stage: "release-gates", attempt: 2 })).digest;

interface Around {
  answer?: Partial<EvidenceRecord> | "absent";
  checks?: Check[];
  mode?: "live" | "rehearsal";
  gates?: object[];
}

function judge({ answer = {}, checks, mode, gates = [asking] }: Around = {}) {
  const said = checks ?? [aCheck({ id: "gates-collected" }), aCheck({ id: "sign-off", because: "approved by grace" })];
  const record = aRecord({ stage: "release-gates", leg: "approval_answer", consumed: links, checks: said });
  const answers = answer === "absent" ? [] : [anArrival({ ...record, ...answer })];
  return judgeApproval(
    gates.map((gate) => approvalGate.parse(gate)),
    release(mode),
    { admitted: [collector, ...answers], refused: [] },
  );
}

describe("the approval of a tag", () => {
  it("GAT-57: holds with the record of the answers, and tells who approved", () => {
    expect(judge()).toMatchObject([{ id: "approved", required: true, result: "pass", because: "approved by grace" }]);
  });

  it("is not asked for where no gate asks people", () => {
    expect(judge({ gates: [], answer: "absent" })).toEqual([]);
  });

  it("GAT-55: is missing without the record of the answers", () => {
    expect(judge({ answer: "absent" })).toMatchObject([{ result: "inconclusive", code: "gates.approval-missing" }]);
  });

  it.each<[what: string, around: Around]>([
    ["did not pass", { answer: { verdict: { result: "inconclusive", "decided-by": ["sign-off"] } } }],
    ["is of another commit", { answer: { release: aRelease({ sha: aSha("b") }) } }],
    ["is of another tag", { answer: { release: aRelease({ tag: "v1.0.9" }) } }],
    ["was given over no collection", { answer: { consumed: [] } }],
    ["was given over another collection", { answer: { consumed: links.map((link) => ({ ...link, digest: other })) } }],
    ["says nothing of a gate that asks", { checks: [aCheck({ id: "gates-collected" })] }],
    [
      "says of a live release that nobody was asked",
      { checks: [aCheck({ id: "sign-off", result: "not-applicable" })] },
    ],
    ["says of a rehearsal that somebody approved", { mode: "rehearsal" }],
  ])("GAT-55: a record that %s is no approval", (_what, around) => {
    expect(judge(around)).toMatchObject([{ result: "fail", code: "tag.not-approved" }]);
  });

  it("in a rehearsal holds with the record that nobody was asked", () => {
    const checks = [aCheck({ id: "sign-off", result: "not-applicable", code: "gates.approval-rehearsed" })];
    expect(judge({ mode: "rehearsal", checks })).toMatchObject([{ result: "pass" }]);
  });

  it("does not hang on a gate that is not required", () => {
    const checks = [
      aCheck({ id: "sign-off", required: false, result: "inconclusive", code: "gates.approval-missing" }),
    ];
    expect(judge({ gates: [{ ...asking, required: false }], checks })).toMatchObject([{ result: "pass" }]);
  });
});

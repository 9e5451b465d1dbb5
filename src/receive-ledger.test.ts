import { describe, expect, it } from "vitest";
import { formatHandover } from "#src/domain/handover";
import { anArrival, aRecord } from "#src/testing/builders";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { insist, receiveLedger } from "./receive-ledger.ts";
import { suiteVersion } from "./suite-version.ts";

const expected = { repository: "octo/tide", runId: "7", mode: "live" as const, suite: suiteVersion };
const plan = anArrival(aRecord());

describe("ALL-02: records that were handed over", () => {
  it("are admitted when the store holds what their digests say", async () => {
    const ledger = await receiveLedger(`\n${formatHandover(plan)}\n\n`, new FakeLedgerStore([plan]), expected);
    expect(ledger.admitted.map(({ digest }) => digest)).toEqual([plan.digest]);
    expect(insist(ledger)).toBe(ledger);
  });

  it("are refused when the artifact is gone", async () => {
    const ledger = await receiveLedger(formatHandover(plan), new FakeLedgerStore(), expected);
    expect(() => insist(ledger)).toThrow(expect.objectContaining({ code: "all.evidence-missing" }));
  });

  it("are refused when the artifact holds another record", async () => {
    const store = new FakeLedgerStore();
    store.put({ ...anArrival(aRecord({ next: "Other." })), artifact: plan.artifact });
    const ledger = await receiveLedger(formatHandover(plan), store, expected);
    expect(() => insist(ledger)).toThrow(expect.objectContaining({ code: "all.evidence-mismatch" }));
  });

  it("are refused when the line is no handover", async () => {
    const ledger = await receiveLedger("seaworthy-plan-release-1", new FakeLedgerStore([plan]), expected);
    expect(ledger.refused).toMatchObject([{ code: "all.evidence-missing" }]);
  });
});

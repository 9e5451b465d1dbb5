import { describe, expect, it } from "vitest";
import type { AdmittedRecord } from "#src/domain/admission";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { formatHandover } from "#src/domain/handover";
import { receiveLedger } from "#src/receive-ledger";
import { suiteVersion } from "#src/suite-version";
import { aSha } from "#src/testing/builders";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { FakeReleases } from "#src/testing/fake-releases";
import { aChain } from "#src/testing/release-chain";
import { verdict } from "./verdict.ts";

const smoke = 5;

/** The whole way of the evidence: stored, handed over, received, judged. `spoil` may touch the store and the handovers. */
async function concludedAfter(spoil: (store: FakeLedgerStore, lines: string[], chain: AdmittedRecord[]) => unknown) {
  const chain = aChain();
  const store = new FakeLedgerStore(chain);
  const lines = chain.map(formatHandover);
  spoil(store, lines, chain);
  const expected = { repository: "octo/tide", runId: "7", mode: "live" as const, suite: suiteVersion };
  const context = { ledger: await receiveLedger(lines.join("\n"), store, expected), expected };
  const releases = new FakeReleases();
  releases.tags.set("v1.1.0", aSha());
  const origin = { suite: suiteVersion, repository: "octo/tide", sha: aSha(), attempt: 1, now: new Date(0) };
  const given = { "release-mode": "live" as const, records: "", results: "", "github-token": "t" };
  const run = { id: "7", url: "", actor: "mona" };
  const report = await verdict(given, context, { releases, origin: { ...origin, run } });
  return { ...report.outputs, writes: releases.calls };
}

const aborted = (reason: string) => ({ "release-verdict": "Aborted", reason, writes: [] });

describe("VER-07: the verdict over tampered evidence", () => {
  it("nothing tampered is Released", async () => {
    expect(await concludedAfter(() => undefined)).toMatchObject({ "release-verdict": "Released" });
  });

  it("a record whose stored bytes are others aborts", async () => {
    const spoil = (store: FakeLedgerStore) => store.artifacts.set("seaworthy-smoke-test-1", "altered");
    expect(await concludedAfter(spoil)).toEqual(expect.objectContaining(aborted("all.evidence-mismatch")));
  });

  it("a record rewritten after it was handed over aborts", async () => {
    const found = await concludedAfter((store, _lines, chain) => {
      const [one] = chain.slice(smoke);
      if (one) store.put({ ...one, record: { ...one.record, next: "Rewritten." } });
    });
    expect(found).toMatchObject(aborted("all.evidence-mismatch"));
  });

  it("an attachment exchanged for another aborts", async () => {
    const found = await concludedAfter((store) => {
      const files = store.artifacts.get("seaworthy-build-manifest-1");
      if (files && files !== "altered") files.set("files/tide-1.1.0.tgz", new TextEncoder().encode("other"));
    });
    expect(found).toMatchObject(aborted("all.evidence-mismatch"));
  });

  it("a record that is gone aborts", async () => {
    const spoil = (store: FakeLedgerStore) => store.artifacts.delete("seaworthy-smoke-test-1");
    expect(await concludedAfter(spoil)).toMatchObject(aborted("all.evidence-missing"));
  });

  it("a record that was never handed over aborts", async () => {
    const found = await concludedAfter((_store, lines) => lines.splice(smoke, 1));
    expect(found).toMatchObject(aborted("verdict.evidence-missing"));
  });

  it("a second record of the same stage and attempt aborts", async () => {
    const found = await concludedAfter((store, lines, chain) => {
      const [one] = chain.slice(smoke);
      if (!one) return;
      const record = { ...one.record, next: "A rival." };
      store.put({ ...one, record }, "seaworthy-smoke-test-rival-1");
      lines.push(formatHandover({ artifact: "seaworthy-smoke-test-rival-1", digest: digestOf(record) }));
    });
    expect(found).toMatchObject(aborted("all.evidence-doubled"));
  });

  it.each<[what: string, change: object]>([
    ["repository", { repository: "octo/ebb" }],
    ["mode", { mode: "rehearsal" }],
    ["commit", { sha: aSha("b") }],
    ["tag", { tag: "v1.1.1" }],
  ])("a record of another %s aborts", async (_what, change) => {
    const found = await concludedAfter((store, lines, chain) => {
      const [one] = chain.slice(smoke);
      if (!one) return;
      const record = { ...one.record, release: { ...one.record.release, ...change } };
      store.put({ ...one, record });
      lines[smoke] = formatHandover({ artifact: one.artifact, digest: digestOf(record) });
    });
    expect(found).toMatchObject(aborted("all.evidence-mismatch"));
  });

  it("a record that relied on another plan aborts: the link leads nowhere", async () => {
    const found = await concludedAfter((store, lines) => {
      const [other] = aChain({ notes: "Another plan.\n" }).slice(smoke);
      if (!other) return;
      store.put(other);
      lines[smoke] = formatHandover(other);
    });
    expect(found).toMatchObject(aborted("verdict.chain-broken"));
  });

  it("a handover that is no handover aborts", async () => {
    const found = await concludedAfter((_store, lines) => lines.push("seaworthy-smoke-test-1"));
    expect(found).toMatchObject(aborted("all.evidence-missing"));
  });

  it("a record in another spelling of JSON aborts", async () => {
    const found = await concludedAfter((store, lines, chain) => {
      const [one] = chain.slice(smoke);
      if (!one) return;
      const text = `${canonicalJson(one.record)}\n`;
      store.artifacts.set(one.artifact, new Map([["record.json", new TextEncoder().encode(text)]]));
      lines[smoke] = "";
      lines.push(`${one.artifact}@${digestOf(one.record)}`);
    });
    expect(found).toMatchObject(aborted("all.evidence-mismatch"));
  });
});

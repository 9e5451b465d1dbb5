import { describe, expect, it } from "vitest";
import { suiteVersion } from "#src/suite-version";
import { aCheck, anArrival, aRecord } from "#src/testing/builders";
import { type Arrival, admit, type Files, isRefusal, recordFile } from "./admission.ts";
import { canonicalJson, digestOfBytes } from "./digest.ts";
import type { EvidenceRecord } from "./evidence.ts";

const expected = { repository: "octo/tide", runId: "7", mode: "live" as const, suite: suiteVersion };
const encoder = new TextEncoder();

describe("ALL-02: a record on arrival", () => {
  it("is admitted when its digest, form, identity and attachments hold", () => {
    const arrival = arrive(aRecord(), { "notes.md": "Notes" });
    const admitted = admit(arrival, expected);
    expect(isRefusal(admitted)).toBe(false);
    expect(admitted).toMatchObject({ digest: arrival.digest, record: { stage: "plan-release" } });
  });

  const refused: [rule: string, arrival: Arrival, code: string, because: RegExp][] = [
    ["is missing when the artifact is absent", { ...arrive(aRecord()), files: "absent" }, "missing", /found none/],
    [
      "is missing when the artifact holds no record",
      { ...arrive(aRecord()), files: new Map() },
      "missing",
      /found none/,
    ],
    [
      "differs when the store says the bytes were altered",
      { ...arrive(aRecord()), files: "altered" },
      "mismatch",
      /bytes/,
    ],
    [
      "differs when its digest is not the one handed over",
      withText(arrive(aRecord()), canonicalJson(aRecord({ next: "x" }))),
      "mismatch",
      /digest/,
    ],
    [
      "differs when it is not canonical",
      redigest(arrive(aRecord()), JSON.stringify(aRecord(), null, 1)),
      "mismatch",
      /canonical/,
    ],
    [
      "differs when its bytes are not the canonical ones, though they decode alike",
      redigest(arrive(aRecord()), `\ufeff${canonicalJson(aRecord())}`),
      "mismatch",
      /JSON/,
    ],
    [
      "differs when its conclusion is not the one that its checks give",
      arrive(aRecord({ checks: [aCheck({ result: "fail", code: "all.not-run" })] })),
      "mismatch",
      /conclusion/,
    ],
    ["differs when it is no JSON", redigest(arrive(aRecord()), "hello"), "mismatch", /JSON/],
    ["differs when it is another document", redigest(arrive(aRecord()), canonicalJson({ a: 1 })), "mismatch", /record/],
    [
      "differs when it is of another repository",
      arrive(foreign({ repository: "octo/other" })),
      "mismatch",
      /repository octo\/tide/,
    ],
    ["differs when it is of another mode", arrive(foreign({ mode: "rehearsal" })), "mismatch", /mode live/],
    ["differs when it is of another run", arrive(aRecord({ run: { ...aRecord().run, id: "8" } })), "mismatch", /run 7/],
    [
      "differs when another version of the suite wrote it",
      arrive(aRecord({ suite: "9.9.9" })),
      "mismatch",
      /suite version/,
    ],
    [
      "differs when an attachment is missing",
      without(arrive(aRecord(), { "notes.md": "N" }), "notes.md"),
      "mismatch",
      /notes\.md, found none/,
    ],
    [
      "differs when an attachment was altered",
      put(arrive(aRecord(), { "notes.md": "N" }), "notes.md", "M"),
      "mismatch",
      /notes\.md to digest/,
    ],
    [
      "differs when a file is there that it does not name",
      put(arrive(aRecord()), "stray.txt", "s"),
      "mismatch",
      /stray\.txt/,
    ],
  ];
  it.each(refused)("%s", (_rule, arrival, code, because) => {
    const refusal = admit(arrival, expected);
    expect(refusal).toMatchObject({ code: `all.evidence-${code}`, because: expect.stringMatching(because) });
  });

  it("of a leg is admitted without a digest of its own", () => {
    expect(isRefusal(admit({ ...arrive(aRecord()), digest: undefined }, expected))).toBe(false);
  });
});

function foreign(release: Partial<EvidenceRecord["release"]>): EvidenceRecord {
  const record = aRecord();
  return { ...record, release: { ...record.release, ...release } };
}

function arrive(record: EvidenceRecord, attachments: Record<string, string> = {}): Arrival {
  const { artifact, digest, record: full, attachments: files } = anArrival(record, attachments);
  return { artifact, digest, files: new Map([[recordFile, encoder.encode(canonicalJson(full))], ...files]) };
}

function filesOf(arrival: Arrival): Files {
  return typeof arrival.files === "string" ? new Map() : new Map(arrival.files);
}

function put(arrival: Arrival, name: string, text: string): Arrival {
  return { ...arrival, files: filesOf(arrival).set(name, encoder.encode(text)) };
}

function withText(arrival: Arrival, text: string): Arrival {
  return put(arrival, recordFile, text);
}

function redigest(arrival: Arrival, text: string): Arrival {
  return { ...withText(arrival, text), digest: digestOfBytes(text) };
}

function without(arrival: Arrival, name: string): Arrival {
  const files = filesOf(arrival);
  files.delete(name);
  return { ...arrival, files };
}

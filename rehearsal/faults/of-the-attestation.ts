import { createHash } from "node:crypto";
import type { Edits } from "../amend.ts";
import { newSshKey } from "../ssh-signature.ts";
import { both, withGate } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package", stage: "release-gates", proves: "GAT-61" } as const;

const report = `<testsuite name="smoke" tests="1" failures="0"><testcase classname="harbour" name="tells the tide"/></testsuite>\n`;
const digest = `sha256:${createHash("sha256").update(report).digest("hex")}`;

/** What the tester says of the commit before, which differs from the candidate in these files alone. */
const marker = (sha: string) =>
  JSON.stringify({
    version: "1.1.0",
    sha,
    tester: "rehearsal",
    "attested-at": "2026-01-01T12:00:00Z",
    tiers: ["smoke"],
    evidence: [{ tiers: ["smoke"], file: "attestations/smoke.xml", digest }],
  });

const attested: Edits = both(
  withGate(`
id: tried
title: A tester has tried this version
kind: attestation
path: attestations/{version}.json
testers: [{ name: rehearsal, email: rehearsal@example.com }]
signed: true
max-age: 876000h
warn-age: 876000h
tiers: { smoke: smoke }
allowed-drift: ["attestations/**", ".github/**"]`),
  {
    "attestations/1.1.0.json": (_text, parent) => marker(parent),
    "attestations/smoke.xml": () => report,
  },
);

const known = newSshKey();

/** Faults of a tester's word on the candidate: by whose key it is signed. */
export const attestationFaults: Fault[] = [
  {
    ...shared,
    name: "attestation-signed",
    title: "the tester's marker is committed under a signature that GitHub verifies",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "requests", line: { route: "repos/get-commit", status: 200 } },
    edits: attested,
    key: known,
    arrange: ({ github }) => github.recordSigningKey({ login: "rehearsal", key: known.publicKey }),
  },
  {
    ...shared,
    name: "attestation-of-unknown-key",
    title: "the tester's marker is committed under a signature by a key that nobody has told GitHub of",
    expected: aborted("gates.attestation-signer"),
    edits: attested,
    key: newSshKey(),
  },
];

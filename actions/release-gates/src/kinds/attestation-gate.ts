import type { GateOf } from "#src/contract/config/gates";
import { Failure } from "#src/domain/failure";
import type { StageReport } from "#src/domain/report";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { lookUpEvidence } from "./attestation-evidence.ts";
import { changedSince } from "./changed-paths.ts";
import { judgeAttestation } from "./judge-attestation.ts";
import { type Marker, markerSchema } from "./marker.ts";
import { isAsCommitted, lastChangeOf } from "./marker-commit.ts";
import { readDocument } from "./read-document.ts";

type Policy = GateOf<"attestation">;

/** Judges a gate of kind `attestation`. */
export async function runAttestationGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports, version } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const path = policy.path.replaceAll("{version}", version);
  const marker = await readDocument(ports.files, path, markerSchema);
  if ("broken" in marker) return legReport(policy, doubt("gates.attestation-missing", marker.broken));
  if (!(await isAsCommitted(path, seat))) {
    const because = `expected ${path} as the candidate has it, found another, or one that is not committed`;
    return legReport(policy, doubt("gates.attestation-missing", because));
  }
  try {
    return legReport(policy, await judge(policy, { marker: marker.value, path }, seat));
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return legReport(policy, doubt("gates.attestation-unknown", `${thrown.message} (${thrown.code})`));
  }
}

async function judge(policy: Policy, read: { marker: Marker; path: string }, seat: GateSeat): Promise<Finding> {
  const { candidate, ports, version } = seat;
  const change = await lastChangeOf(read.path, seat);
  const signature = change && policy.signed ? await ports.signatures.of(change.sha) : undefined;
  return judgeAttestation(policy, {
    ...read,
    candidate: { sha: candidate.sha, version },
    change: change && signature ? { ...change, signature } : change,
    shown: await lookUpEvidence(read.marker, seat),
    drift: read.marker.sha === candidate.sha ? [] : await changedSince(read.marker.sha, seat),
    now: ports.clock.now(),
  });
}

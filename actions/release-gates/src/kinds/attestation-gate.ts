import type { GateOf } from "#src/contract/config/gates";
import { digestOfBytes } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import type { GateSeat } from "../gate-ports.ts";
import { legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { changedSince } from "./changed-paths.ts";
import { judgeAttestation, type Marker, markerSchema } from "./judge-attestation.ts";
import { readDocument } from "./read-document.ts";

type Policy = GateOf<"attestation">;

const largestEvidence = 256 * 1024 * 1024;

/** Judges a gate of kind `attestation`. */
export async function runAttestationGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports, version } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const path = policy.path.replaceAll("{version}", version);
  const marker = await readDocument(ports.files, path, markerSchema);
  if ("broken" in marker) {
    const because = marker.broken;
    return legReport(policy, { result: "inconclusive", code: "gates.attestation-missing", because, evidence: [] });
  }
  const finding = judgeAttestation(policy, {
    marker: marker.value,
    path,
    candidate: { sha: candidate.sha, version },
    digests: await digestsOf(marker.value, seat),
    drift: marker.value.sha === candidate.sha ? [] : await changedSince(marker.value.sha, seat),
    now: ports.clock.now(),
  });
  return legReport(policy, finding);
}

async function digestsOf({ evidence }: Marker, { ports }: GateSeat) {
  const paths = evidence.flatMap((piece) => ("file" in piece ? [piece.file] : []));
  const files = paths.length === 0 ? [] : await ports.files.matching(paths, largestEvidence);
  return new Map(files.flatMap(({ path, bytes }) => (bytes ? [[path, digestOfBytes(bytes)] as const] : [])));
}

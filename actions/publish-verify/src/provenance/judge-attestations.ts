import { amount } from "#src/domain/amount";
import type { BuiltFile } from "#src/domain/build-manifest";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { SignedStatement } from "#src/ports/attestations";
import type { ProvenanceFacts } from "./facts.ts";

/** Authority of the roots that a rehearsal makes up; what it vouches for proves nothing of a live release. */
const rehearsed = "seaworthy-rehearsal";

/**
 * Judges what was signed about the built files: each bundle that there is holds under a trusted root, and each file that
 * must have a statement has one, by the right workflow. Nothing is asked where the configuration wants none and none is there.
 */
export function judgeAttestations(facts: ProvenanceFacts): Check[] {
  const { attestations: found, policy, builds } = facts;
  const wanted = policy?.attestations;
  if (!wanted && found.bundles.length === 0) return [];
  const ask = question("attestations", "Signed statements say which workflow built the files");
  if (found.bundles.length > 0 && found.roots === 0) {
    const because = "expected a trusted root in the input `trusted-root`, found none";
    return [ask.unsure("publish.attestation-missing", because)];
  }
  const statements = found.bundles.flatMap((one) => (one.holds ? [one.statement] : []));
  const complaints = [
    ...found.bundles.flatMap((one) => (one.holds ? [] : [`expected a bundle that holds, found: ${one.because}`])),
    ...statements.flatMap((statement) => signerComplaints(statement, facts)),
  ];
  if (complaints.length > 0) return [ask.fail("publish.attestation-invalid", [...new Set(complaints)].join("; "))];
  const files = builds.flatMap(({ manifest }) => manifest.files).filter(({ kind }) => kind !== "git-tree");
  const bare = files.filter((file) => !statements.some((one) => speaksOf(one, file, wanted?.predicate)));
  if (wanted?.required && bare.length > 0) {
    const because = `expected a statement about ${bare.map(({ name }) => name).join(", ")}, found none`;
    return [ask.fail("publish.attestation-missing", because)];
  }
  const authorities = [...new Set(statements.map(labelOf))].join(", ");
  const told = `${amount(files.length - bare.length, "file")} of ${files.length} with a statement that holds`;
  return [ask.pass(authorities === "" ? told : `${told}, under ${authorities}`)];
}

function signerComplaints({ signer, issuer, authority }: SignedStatement, facts: ProvenanceFacts): string[] {
  const { attestations, release, policy } = facts;
  const named = policy?.attestations?.signer ?? `${release.repository}/.github/workflows/${policy?.workflow ?? "?"}`;
  const wanted = `${attestations.serverUrl}/${named}@`;
  const trusted = policy?.attestations?.issuer ?? "https://token.actions.githubusercontent.com";
  return [
    ...(signer.startsWith(wanted) ? [] : [`expected ${wanted}… to have signed, found ${signer}`]),
    ...(issuer === trusted ? [] : [`expected ${trusted} to vouch for the signer, found ${issuer}`]),
    ...(authority === rehearsed && release.mode === "live"
      ? ["expected a root for live releases, found the trust root of a rehearsal"]
      : []),
  ];
}

function speaksOf(
  { subjects, predicate }: SignedStatement,
  { sha256 }: BuiltFile,
  wanted: string | undefined,
): boolean {
  return (wanted === undefined || predicate === wanted) && subjects.some((subject) => subject.sha256 === sha256);
}

function labelOf({ authority }: SignedStatement): string {
  return authority === rehearsed ? "the trust root of a rehearsal" : authority;
}

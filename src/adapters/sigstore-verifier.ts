import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import * as z from "zod";
import type { BundleFinding } from "#src/ports/attestations";

const statementForm = z.object({
  subject: z.array(z.object({ name: z.string().default(""), digest: z.object({ sha256: z.string() }).loose() })).min(1),
  predicateType: z.string(),
});

/**
 * Verifies a Sigstore bundle against trusted roots, offline. It is a bundle of its own, loaded only where there is
 * something to verify. The first root under which it holds counts.
 */
export function verifyBundle(bundle: unknown, roots: unknown[]): BundleFinding {
  const refusals: string[] = [];
  for (const root of roots) {
    try {
      return verifyUnder(bundle, root);
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { holds: false, because: refusals.join("; ") || "expected a trusted root, found none" };
}

function verifyUnder(json: unknown, root: unknown): BundleFinding {
  const bundle = bundleFromJSON(json);
  const trusted = TrustedRoot.fromJSON(root);
  // A root without logs is one of an instance that keeps none, as GitHub's own does: signed timestamps take their place.
  const least = (logs: unknown[]) => (logs.length > 0 ? 1 : 0);
  const thresholds = {
    tlogThreshold: least(trusted.tlogs),
    ctlogThreshold: least(trusted.ctlogs),
    timestampThreshold: 1,
  };
  const { identity } = new Verifier(toTrustMaterial(trusted), thresholds).verify(toSignedEntity(bundle));
  if (bundle.content.$case !== "dsseEnvelope")
    return { holds: false, because: "expected a statement, found a bare signature" };
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  if (payloadType !== "application/vnd.in-toto+json") {
    return { holds: false, because: `expected an in-toto statement, found ${payloadType}` };
  }
  const { subject, predicateType } = statementForm.parse(JSON.parse(payload.toString("utf8")));
  const [authority] = trusted.certificateAuthorities;
  const statement = {
    signer: identity?.subjectAlternativeName ?? "",
    issuer: identity?.extensions?.issuer ?? "",
    subjects: subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 })),
    predicate: predicateType,
    authority: authority?.subject?.organization || authority?.uri || "an unnamed authority",
  };
  return { holds: true, statement };
}

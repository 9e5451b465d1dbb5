import * as z from "zod";
import { milliseconds } from "#src/contract/config/fields";
import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import { type Digest, digestPattern } from "#src/domain/digest";
import { fullSha } from "#src/domain/release";
import type { Finding } from "../leg-report.ts";
import { straysAmong } from "./changed-paths.ts";

const tiers = z.array(z.string().min(1)).min(1);

/** A tester's marker. Each piece of evidence names a run, or a file of the checkout with its digest, and the tiers it covers. */
export const markerSchema = z.object({
  version: z.string(),
  sha: z.string().regex(fullSha, "expected a full commit id"),
  tester: z.string(),
  "attested-at": z.iso.datetime(),
  "open-findings": z.int().nonnegative().optional(),
  tiers,
  evidence: z
    .array(
      z.union([
        z.object({
          tiers,
          run: z.string().regex(/^\d+$|^https:\/\/\S+\/actions\/runs\/\d+/, "expected the id or address of a run"),
        }),
        z.object({ tiers, file: z.string().min(1), digest: z.string().regex(digestPattern, "expected sha256:<hex>") }),
      ]),
    )
    .min(1),
});

/** A marker as it was read. */
export type Marker = z.infer<typeof markerSchema>;

/** What is looked up around a marker. */
export interface AttestationFacts {
  marker: Marker;
  path: string;
  candidate: { sha: string; version: string };
  /** Digests of the files that the evidence names; a file that cannot be read has none. */
  digests: Map<string, Digest>;
  /** Paths that differ from the attested commit; undefined where git cannot tell. */
  drift: string[] | undefined;
  now: Date;
}

type Policy = Pick<
  GateOf<"attestation">,
  "testers" | "tiers" | "max-age" | "warn-age" | "allowed-drift" | "max-open-findings"
>;
type Rule = (
  policy: Policy,
  facts: AttestationFacts,
) => { result?: "inconclusive"; code: Code; because: string } | undefined;

/** Judges a marker: version, commit, signer, age, then what proves it. */
export function judgeAttestation(policy: Policy, facts: AttestationFacts): Finding {
  const complaint = rules.map((rule) => rule(policy, facts)).find((found) => found !== undefined);
  const { tester, sha, "attested-at": attested } = facts.marker;
  const evidence = [`${facts.path} by ${tester} on ${sha}`];
  if (complaint) return { result: "fail", evidence, ...complaint };
  const old = ageOf(facts) >= milliseconds(policy["warn-age"]) ? "; it is getting old" : "";
  return {
    result: "pass",
    because: `${tester} attested ${facts.marker.tiers.join(", ")} at ${attested}${old}`,
    evidence,
  };
}

const rules: Rule[] = [
  (_policy, { marker, candidate }) =>
    marker.version === candidate.version
      ? undefined
      : {
          code: "gates.attestation-version",
          because: `expected a marker of ${candidate.version}, found one of ${marker.version}`,
        },
  (policy, { marker, candidate, drift, path }) => {
    if (marker.sha === candidate.sha) return undefined;
    const code = "gates.attestation-sha";
    if (!drift) {
      const because = `expected to compare ${marker.sha} with ${candidate.sha}, found that git cannot: fetch the whole history`;
      return { result: "inconclusive", code, because };
    }
    const allowed = [path, ...policy["allowed-drift"]];
    const strays = straysAmong(drift, allowed);
    if (strays.length === 0) return undefined;
    const found = strays.slice(0, 10).join(", ");
    return {
      code,
      because: `expected ${candidate.sha}, or one that differs in allowed paths only, found ${marker.sha} with ${found}`,
    };
  },
  ({ testers }, { marker }) =>
    testers.includes(marker.tester)
      ? undefined
      : { code: "gates.attestation-signer", because: `expected one of ${testers.join(", ")}, found ${marker.tester}` },
  (policy, facts) => {
    const age = ageOf(facts);
    if (age >= 0 && age <= milliseconds(policy["max-age"])) return undefined;
    const because = `expected a marker at most ${policy["max-age"]} old and not of the future, found ${facts.marker["attested-at"]}`;
    return { code: "gates.attestation-stale", because };
  },
  ({ "max-open-findings": most }, { marker: { "open-findings": open } }) => {
    if (most === undefined || (open !== undefined && open <= most)) return undefined;
    const because = `expected at most ${most} in the marker's open-findings, found ${open ?? "none told"}`;
    return { code: "gates.attestation-findings", because };
  },
  ({ tiers: wanted }, { marker }) => {
    const proven = new Set(marker.evidence.flatMap((piece) => piece.tiers));
    const open = [...new Set([...wanted, ...marker.tiers])].filter(
      (tier) => !marker.tiers.includes(tier) || !proven.has(tier),
    );
    if (open.length === 0) return undefined;
    return {
      code: "gates.attestation-unproven",
      because: `expected tiers in the marker and in its evidence, found open ${open.join(", ")}`,
    };
  },
  (_policy, { marker, digests }) => {
    const wrong = marker.evidence.flatMap((piece) =>
      "file" in piece && digests.get(piece.file) !== piece.digest ? [piece.file] : [],
    );
    if (wrong.length === 0) return undefined;
    return {
      code: "gates.attestation-unproven",
      because: `expected evidence of the digest that the marker names, found another or none in ${wrong.join(", ")}`,
    };
  },
];

function ageOf({ marker, now }: AttestationFacts): number {
  return now.getTime() - Date.parse(marker["attested-at"]);
}

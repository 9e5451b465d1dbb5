import { milliseconds } from "#src/contract/config/fields";
import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import type { Finding } from "../leg-report.ts";
import type { Shown } from "./attestation-evidence.ts";
import { straysAmong } from "./changed-paths.ts";
import { judgeSigner } from "./judge-signer.ts";
import type { Marker } from "./marker.ts";
import type { MarkerCommit } from "./marker-commit.ts";

/** What is looked up around a marker. */
export interface AttestationFacts {
  marker: Marker;
  path: string;
  candidate: { sha: string; version: string };
  /** The commit that last changed the marker; undefined where git cannot tell. */
  change: MarkerCommit | undefined;
  /** What was found behind each piece of evidence, in the marker's order. */
  shown: Shown[];
  /** Paths that differ from the attested commit; undefined where git cannot tell. */
  drift: string[] | undefined;
  now: Date;
}

type Policy = Pick<
  GateOf<"attestation">,
  "testers" | "signed" | "tiers" | "evidence" | "max-age" | "warn-age" | "allowed-drift" | "max-open-findings"
>;
type Rule = (
  policy: Policy,
  facts: AttestationFacts,
) => { result?: "inconclusive"; code: Code; because: string } | undefined;

/** Judges a marker: version, commit, signer, age, then what proves it. */
export function judgeAttestation(policy: Policy, facts: AttestationFacts): Finding {
  const complaint = rules.map((rule) => rule(policy, facts)).find((found) => found !== undefined);
  const { tester, sha, "attested-at": attested } = facts.marker;
  const by = facts.change && `${facts.path} was last changed by ${facts.change.author} in ${facts.change.sha}`;
  const evidence = [`${facts.path} by ${tester} on ${sha}`, ...(by ? [by] : [])];
  if (complaint) return { result: "fail", evidence, ...complaint };
  const word = selfDeclared(policy, facts);
  const said = word.length === 0 ? "" : `; self-declared: ${word.join(", ")}`;
  const old = ageOf(facts) >= milliseconds(policy["warn-age"]) ? "; it is getting old" : "";
  return {
    result: "pass",
    because: `${tester} attested ${facts.marker.tiers.join(", ")} at ${attested}${said}${old}`,
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
  judgeSigner,
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
    const told = new Set(marker.evidence.flatMap((piece) => piece.tiers));
    const open = [...new Set([...Object.keys(wanted), ...marker.tiers])].filter(
      (tier) => !marker.tiers.includes(tier) || !told.has(tier),
    );
    return open.length === 0
      ? undefined
      : unproven(`expected tiers in the marker and in its evidence, found open ${open.join(", ")}`);
  },
  (_policy, { shown }) => {
    const wrong = shown.flatMap(({ piece, wrong: because }) => (because === undefined ? [] : `${piece}: ${because}`));
    return wrong.length === 0 ? undefined : unproven(wrong.join("; "));
  },
  (policy, facts) => {
    const open = policy.evidence === "verified" ? selfDeclared(policy, facts) : [];
    if (open.length === 0) return undefined;
    const because = open.map((tier) => `${tier} (${policy.tiers[tier] ?? "no job or suite in the gate's tiers"})`);
    return unproven(`expected a job or suite that proves each tier, found self-declared ${because.join(", ")}`);
  },
];

function ageOf({ marker, now }: AttestationFacts): number {
  return now.getTime() - Date.parse(marker["attested-at"]);
}

/** Lists the tiers for which no evidence that claims them shows the job or suite that proves them. */
function selfDeclared({ tiers: wanted }: Policy, { marker, shown }: AttestationFacts): string[] {
  return marker.tiers.filter((tier) => {
    const name = Object.hasOwn(wanted, tier) ? wanted[tier] : undefined;
    const claimed = shown.filter((_piece, index) => marker.evidence[index]?.tiers.includes(tier));
    return name === undefined || !claimed.some(({ names }) => names.includes(name));
  });
}

function unproven(because: string): { code: Code; because: string } {
  return { code: "gates.attestation-unproven", because };
}

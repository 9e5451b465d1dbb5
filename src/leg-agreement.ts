import type { AdmittedRecord } from "#src/domain/admission";
import { artifactName } from "#src/domain/artifact-name";
import type { StageName } from "#src/domain/stage";
import type { Planned } from "#src/stage-context";

const sameRelease = ["component", "tag", "version", "sha", "base"] as const;

/** Says in what a leg of a stage speaks of something else than the plan; undefined where it agrees. */
export function disagreement(
  { artifact, record }: AdmittedRecord,
  { release, policy, plan }: Planned,
  stage: StageName,
): string | undefined {
  const named = artifactName(stage, record.leg, record.attempt);
  const pairs: [what: string, found: string | null, wanted: string | null][] = [
    ["its artifact to be named", artifact, named],
    ["stage", record.stage, stage],
    ...sameRelease.map((field): [string, string | null, string | null] => [
      field,
      record.release[field],
      release[field],
    ]),
    ["policy", record.policy, policy],
  ];
  const differing = pairs.find(([, found, wanted]) => found !== wanted);
  if (differing) return `expected ${differing[0]} ${differing[2]}, found ${differing[1]}`;
  const relied = record.consumed.some(({ digest }) => digest === plan.digest);
  return relied
    ? undefined
    : `expected a leg that relied on ${plan.artifact}@${plan.digest}, found one of another plan`;
}

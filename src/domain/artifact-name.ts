import type { StageName } from "#src/domain/stage";

const prefix = "seaworthy";

/** Names a record's artifact: unique within a run because stage, leg and attempt are part of it. */
export function artifactName(stage: StageName, leg: string, attempt: number): string {
  return [prefix, stage, ...(leg === "" ? [] : [leg]), String(attempt)].join("-");
}

/** Tells whether an artifact's name is one that a leg of a stage would have, whatever its leg and attempt. */
export function isLegArtifact(name: string, stage: StageName): boolean {
  return name.startsWith(`${prefix}-${stage}-`) && !/^\d+$/.test(name.slice(prefix.length + stage.length + 2));
}

import type { AdmittedRecord } from "#src/domain/admission";
import { contextAttachment, type PlanContext, readPlanContext } from "#src/domain/plan-context";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { sameVersion } from "#src/domain/version-order";
import type { TaggedRelease } from "./decide.ts";

/** What the plan read at the commit, with the finding that it is the version of the tag. */
export interface PlannedCommit {
  check: Check;
  /** The day that the changelog dates the version with; undefined where it needs no section. */
  date: string | undefined;
}

/** Judges whether the commit that is to be tagged is the one whose version the plan read, and holds what the tag names. */
export function judgePlanned(release: TaggedRelease, plan: Pick<AdmittedRecord, "attachments">): PlannedCommit {
  const ask = question("tag-version", "The commit holds the version that the tag names");
  const context = readPlanContext(plan.attachments);
  if (!context) {
    const because = `expected ${contextAttachment} with the plan's record, found none that can be read`;
    return { check: ask.unsure("all.evidence-missing", because), date: undefined };
  }
  const against = disagreements(release, context);
  const places = context.sources.filter(({ kind }) => kind === "value").map(({ file, place }) => `${file} ${place}`);
  const check =
    against.length === 0
      ? ask.pass(`${release.version} at ${release.sha}, in ${places.join(", ")}`, [release.sha])
      : ask.fail("tag.version-mismatch", `expected ${release.version} at ${release.sha}, found ${against.join("; ")}`);
  return { check, date: context.changelog?.date };
}

function disagreements({ version, sha }: TaggedRelease, context: PlanContext): string[] {
  const read = context.sources.flatMap(({ file, place, kind, text }) => {
    if (kind === "not-applicable") return [];
    const holds = text !== undefined && sameVersion(text, version);
    return [{ holds, found: `${text ?? "nothing"} in ${file} ${place}` }];
  });
  return [
    ...(context.release.sha === sha ? [] : [`a plan that read ${context.release.sha}`]),
    ...(read.length === 0 ? ["no place that declares one"] : []),
    ...read.filter(({ holds }) => !holds).map(({ found }) => found),
  ];
}

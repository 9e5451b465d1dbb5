import type { Failure } from "#src/domain/failure";
import { toFailure } from "#src/domain/failure";
import { question } from "#src/domain/question";
import { stageNames } from "#src/domain/stage";
import type { Check } from "#src/domain/verdict";
import type { Issues, TrackedIssue } from "#src/ports/issues";
import type { Planned } from "#src/stage-context";
import { readBoard } from "./board.ts";
import { openBlockersCheck, subjectOf } from "./causes.ts";
import { aboutOf, ownMarker, type Target } from "./identity.ts";

/** What has passed in this collection: the plan's checks and its own. */
export interface Collected {
  planned: Planned;
  checks: Check[];
}

const asked = question(openBlockersCheck, "No blocker of this release is open");

/**
 * GAT-43: judges whether blockers of the release are open. One that the suite has raised does not count where its gate
 * passes in this very collection, or where the stage that it comes from runs only after the gates and is proven again by
 * itself; everything else does, and what people have written always. Nothing where the policy does not want to know.
 */
export async function judgeOpenBlockers(collected: Collected, issues: Issues): Promise<Check[]> {
  const { release, config } = collected.planned;
  const target: Target = { name: release.tag, policy: config.blockers };
  if (!(target.policy["require-none"] ?? target.policy.file)) return [];
  try {
    const { open } = await readBoard(target, issues);
    return [judgeOpen(open, target, collected)];
  } catch (thrown) {
    return [unknown(toFailure(thrown))];
  }
}

function judgeOpen(open: TrackedIssue[], target: Target, collected: Collected): Check {
  const passed = new Set(passedSubjects(collected).map((subject) => aboutOf(target, subject)));
  const counted = open.filter((issue) => {
    const marker = ownMarker(issue, target);
    return marker?.kind !== "blocker" || !(passed.has(marker.about) || isLater(marker.origin));
  });
  const over = open.length - counted.length;
  const beside = over === 0 ? "" : `; ${over} more are over with what has passed, or are proven again behind the tag`;
  if (counted.length === 0) return asked.pass(`found no open blocker${beside}`);
  const named = counted.slice(0, 20).map(({ number, title }) => `#${number} ${title}`);
  const because = `expected no open blocker, found ${counted.length}: ${named.join("; ")}${beside}`;
  return asked.fail(
    "gates.blockers-open",
    because,
    counted.slice(0, 100).map(({ url }) => url),
  );
}

function passedSubjects({ planned, checks }: Collected): string[] {
  const plan = planned.plan.record;
  const collector = { stage: "release-gates", leg: "" } as const;
  return [
    subjectOf({ stage: plan.stage, leg: "" }),
    subjectOf(collector),
    ...plan.checks.filter(({ result }) => result === "pass").map(({ id }) => subjectOf(plan, id)),
    ...checks.filter(({ result }) => result === "pass").map(({ id }) => subjectOf(collector, id)),
  ];
}

/** Stages behind the gates cannot pass while these wait for them: their blockers close when they do. */
function isLater(origin: string): boolean {
  const stage = stageNames.find((name) => name === origin);
  return origin === "job" || (stage !== undefined && stageNames.indexOf(stage) > stageNames.indexOf("release-gates"));
}

function unknown({ message }: Failure): Check {
  return asked.unsure("gates.blockers-unknown", message);
}

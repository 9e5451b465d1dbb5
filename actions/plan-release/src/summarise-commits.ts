import { type LabelRules, type Weight, weighLabels, weighMessage } from "#src/domain/bump-decision";
import { startTally } from "#src/domain/bump-tally";
import { type ChangeScheme, startChangeTally } from "#src/domain/changes/change-tally";
import { startLabelTally } from "#src/domain/changes/label-tally";
import { type CommitReading, readCommit } from "#src/domain/conventional-commit";
import type { Version } from "#src/domain/version";
import type { Commit } from "#src/ports/git-history";
import type { CommitSummary, Policy } from "./facts.ts";

/** How many commits the context lists; all are counted. */
export const listLimit = 1_000;

const subjectLimit = 200;

/** How commits are weighed. */
export interface Scale {
  decision: Policy["bump"]["decision"];
  /** Step that a breaking change asks for. */
  breaking: "major" | "minor";
  rules: LabelRules;
  labels: Policy["labels"];
  scheme: ChangeScheme;
  /** `owner/name`; pull requests of others are not reverted here. */
  repository: string;
  /** Subject that the commit shall have which sets the version; undefined where none is wanted. */
  bumpMessage: string | undefined;
}

/** Chooses the scale of a policy; before 1.0.0 a breaking change may ask for less. */
export function scaleOf(
  {
    bump,
    labels,
    changes,
    home,
    version: { "bump-message": form },
  }: Pick<Policy, "bump" | "labels" | "changes" | "version" | "home">,
  baseMajor: bigint,
  version: Version | undefined,
): Scale {
  const breaking = baseMajor === 0n ? bump["breaking-before-1"] : "major";
  const bumpMessage = version && form?.replace("{version}", () => version.text);
  const { repository } = home;
  return { decision: bump.decision, breaking, rules: bump.labels, labels, scheme: changes, repository, bumpMessage };
}

/** Folds a stream of commits, newest first, into counts and a bounded list, so that memory does not grow with the history. */
export async function summariseCommits(commits: AsyncIterable<Commit>, scale: Scale): Promise<CommitSummary> {
  const tally = startTally();
  const counts: CommitSummary["by-class"] = {};
  const summary = { total: 0, breaking: 0, reverts: 0, unclassified: 0 };
  const listed: CommitSummary["listed"] = [];
  const changes = startChangeTally(scale.scheme);
  const labels = startLabelTally(scale.labels);
  let hasBumpMessage = false;
  for await (const { sha, parents, message } of commits) {
    const reading = readCommit(message, parents.length, scale.repository);
    const subject = subjectOf(message);
    const { known, ...asked } = weigh({ sha, message }, reading, scale);
    const weight = tally.add({ sha, parents, subject, ...reading }, asked);
    labels.add(sha, message, reading.class === "merge");
    // The weight says something else than was asked only of a commit that was reverted since.
    if (weight.why === asked.why) changes.add({ sha, message, ...reading });
    hasBumpMessage ||= isSubject(message, scale.bumpMessage);
    summary.total += 1;
    summary.breaking += reading.breaking ? 1 : 0;
    summary.reverts += reading.reverts.length;
    summary.unclassified += known ? 0 : 1;
    counts[reading.class] = (counts[reading.class] ?? 0) + 1;
    // The weight itself is listed, not a copy: that of a revert falls where its commit is met later.
    if (listed.length < listLimit) listed.push(Object.assign(weight, { sha, subject, ...toldOf(reading) }));
  }
  return {
    ...{ ...summary, "by-class": counts, listed, asked: tally.total() },
    changes: changes.total(),
    labels: labels.total(),
    bumpMessage: scale.bumpMessage === undefined ? undefined : hasBumpMessage,
  };
}

/** A merge needs no type, as what it merged is weighed by itself. */
function weigh(
  { sha, message }: { sha: string; message: string },
  reading: CommitReading,
  { decision, breaking, rules, labels }: Scale,
): Weight & { known: boolean } {
  if (decision !== "labels")
    return { ...weighMessage(reading, breaking), known: reading.class !== "other" || reading.carried.length > 0 };
  if (reading.class === "merge" && !labels.has(sha)) return { bump: "none", why: "merge", known: true };
  const issues = [...message.matchAll(/#\d+\b/g)].map(([issue]) => issue);
  return weighLabels(
    [sha, ...issues].flatMap((key) => labels.get(key) ?? []),
    rules,
  );
}

/** A squashed pull request appends its number to the subject. */
function isSubject(message: string, wanted: string | undefined): boolean {
  return wanted !== undefined && subjectOf(message).replace(/ \(#\d+\)$/, "") === wanted;
}

function toldOf({ class: kind, breaking, reverts }: CommitReading) {
  return { class: kind, breaking, reverts: reverts.map(({ id }) => id) };
}

function subjectOf(message: string): string {
  const [subject = ""] = message.split("\n", 1);
  return subject.slice(0, subjectLimit);
}

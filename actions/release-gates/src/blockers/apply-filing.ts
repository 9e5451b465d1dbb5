import type { Effect } from "#src/domain/effect";
import { Failure, toFailure } from "#src/domain/failure";
import type { IssueTracker, TrackedIssue } from "#src/ports/issues";
import { type Board, groupOwn } from "./board.ts";
import { type IssueKey, ownMarker, type Target } from "./identity.ts";
import type { IssueRef, NewIssue, Step } from "./steps.ts";

type Outcome = "done" | "already" | "refused";

/** What became of the steps; the first that did not hold ends them, with its failure. */
export interface Applied {
  effects: Effect[];
  failure: Failure | undefined;
}

/** Where steps are applied: the suite's issues as they were found and filed meanwhile. */
export interface Desk {
  target: Target;
  tracker: IssueTracker;
  own: Board["own"];
}

/** Applies steps in order: each looks again, compares with its precondition, writes, and reads back. */
export async function applySteps(steps: Step[], desk: Desk): Promise<Applied> {
  const effects: Effect[] = [];
  let failure: Failure | undefined;
  for (const step of steps) {
    const state = failure ? "refused" : await applyOne(step, desk).catch((thrown: unknown) => toFailure(thrown));
    if (state instanceof Failure) failure = state;
    effects.push({ ...step.effect, state: state instanceof Failure ? "refused" : state });
  }
  return { effects, failure };
}

/** States the effects of steps that a rehearsal plans and does not apply. */
export function plannedEffects(steps: Step[]): Effect[] {
  return steps.map(({ effect }) => ({ ...effect, state: "planned" }));
}

function applyOne(step: Step, desk: Desk): Promise<Outcome> {
  switch (step.write) {
    case "file":
      return file(step.issue, desk);
    case "note":
      return say(step, desk);
    case "open":
    case "close":
      return turn(step.on, step.write === "open", desk);
    case "attach":
      return attach(step, desk);
  }
}

async function file(wanted: NewIssue, desk: Desk): Promise<Outcome> {
  const { tracker, own } = desk;
  const there = await look(wanted, desk);
  if (there) {
    own.set(wanted.key, [there]);
    return "already";
  }
  const { number } = await tracker.create(wanted);
  const issue = await tracker.read(number);
  const differing = issue === "absent" ? "no such issue" : differenceOf(issue, wanted, desk);
  const marker = issue === "absent" ? undefined : ownMarker(issue, desk.target);
  if (issue === "absent" || differing !== undefined || !marker)
    throw unwritten(
      `issue #${number} with the text, the labels and the author that were asked for`,
      differing ?? "another text",
    );
  own.set(wanted.key, [{ issue, marker }]);
  return "done";
}

/** Someone else, or an earlier attempt that was cut off, may have filed it since the board was read. */
async function look({ key, labels }: NewIssue, { tracker, target }: Desk) {
  const { items } = await tracker.list({ open: true, labels: labels.slice(0, 1) });
  return groupOwn(items, target).get(key)?.[0];
}

function differenceOf(issue: TrackedIssue, wanted: NewIssue, { target }: Desk): string | undefined {
  const plain = (text: string) => text.replace(/\r\n/g, "\n").trim();
  const missing = wanted.labels.filter(
    (label) => !issue.labels.some((found) => found.toLowerCase() === label.toLowerCase()),
  );
  if (missing.length > 0) return `no label ${missing.join(", ")}`;
  if (issue.author.toLowerCase() !== target.policy.author.toLowerCase())
    return `the author ${issue.author}, where \`blockers.author\` names ${target.policy.author}`;
  if (plain(issue.title) !== plain(wanted.title)) return "another title";
  return plain(issue.body) === plain(wanted.body) ? undefined : "another text";
}

async function say(step: Extract<Step, { write: "note" }>, desk: Desk): Promise<Outcome> {
  const { tracker } = desk;
  const { number } = await find(step.on, desk);
  const said = async () => {
    const { items, complete } = await tracker.comments(number);
    if (!complete) throw unwritten(`all comments of #${number}`, "more than are read");
    return items.some((comment) => {
      const marker = ownMarker(comment, desk.target);
      return marker?.about === step.note.about && marker.finding === step.note.finding;
    });
  };
  if (await said()) return "already";
  await tracker.comment(number, step.body);
  if (await said()) return "done";
  throw unwritten(`a comment on #${number}`, "none");
}

async function turn(on: IssueRef, open: boolean, desk: Desk): Promise<Outcome> {
  const { tracker } = desk;
  const { number } = await find(on, desk);
  const isTurned = async () => {
    const issue = await tracker.read(number);
    if (issue === "absent" || issue.pullRequest) throw unwritten(`issue #${number}`, "none");
    return issue.open === open;
  };
  if (await isTurned()) return "already";
  await tracker.setOpen(number, open);
  if (await isTurned()) return "done";
  throw unwritten(`#${number} to be ${open ? "open" : "closed"}`, "that it is not");
}

async function attach({ part, to }: Extract<Step, { write: "attach" }>, desk: Desk): Promise<Outcome> {
  const { tracker } = desk;
  const [epic, issue] = [await find(to, desk), await find(part, desk)];
  const isPart = async () => {
    const { items } = await tracker.parts(epic.number);
    return items.some(({ id }) => id === issue.id);
  };
  if (await isPart()) return "already";
  await tracker.addPart(epic.number, issue.id);
  if (await isPart()) return "done";
  throw unwritten(`#${issue.number} to be a part of #${epic.number}`, "that it is not");
}

async function find(ref: IssueRef, { own, tracker }: Desk): Promise<TrackedIssue> {
  const found = typeof ref === "number" ? await tracker.read(ref) : own.get(ref)?.[0]?.issue;
  if (found === undefined || found === "absent") throw unwritten(`issue ${nameOf(ref)}`, "none");
  return found;
}

function nameOf(ref: IssueKey | number): string {
  return typeof ref === "number" ? `#${ref}` : ref;
}

function unwritten(expected: string, found: string): Failure {
  return new Failure({
    kind: "conflict",
    code: "gates.blocker-unfiled",
    message: `expected ${expected}, found ${found}`,
    hint: "Look at the issue, then rerun the job; nothing is filed twice.",
  });
}

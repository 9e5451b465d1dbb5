import type { IssuesToFile } from "#src/domain/issue-draft";
import { fingerprintOf, formatMarker, type Marker } from "#src/domain/issue-marker";
import type { Board } from "./board.ts";
import type { Cause, RunFindings } from "./causes.ts";
import type { Surroundings } from "./gather-evidence.ts";
import {
  aboutOf,
  blockerFingerprint,
  epicFingerprint,
  epicTitle,
  type IssueKey,
  type OwnIssue,
  type Target,
} from "./identity.ts";
import { attachStep, fileStep, type IssueRef, noteStep, type Step, stateStep } from "./steps.ts";
import { againComment, blockerBody, blockerTitle, clearedComment, epicBody, passedComment } from "./text.ts";

/** All that a filing is decided from. */
export interface Filing {
  target: Target;
  findings: RunFindings;
  board: Board;
  around: Surroundings;
  /** Key of what was found: the same records give the same one, so that a rerun says nothing twice. */
  finding: string;
}

/**
 * Decides what is written about the blockers of a target: each cause has exactly one open issue under the epic, and each
 * issue of the suite whose gate has passed is closed with what shows it. Pure: the same board and findings, the same steps.
 */
export function decideFiling(filing: Filing): Step[] {
  const { findings, board } = filing;
  const closed = blockersToClose(filing);
  if (findings.causes.length > 0) return [...epicSteps(filing), ...causeSteps(filing), ...closed.steps];
  const left = board.open.filter(({ number }) => !closed.numbers.has(number));
  return [...closed.steps, ...(left.length === 0 ? closeEpic(filing) : [])];
}

/** Decides what is written of an audit's findings: drafts that no issue bears yet, and closings with their reasons. */
export function decideDrafts(wanted: IssuesToFile, target: Target, own: Board["own"]): Step[] {
  const filed = wanted.file.flatMap(({ fingerprint, title, body, labels: wished, fixed }): Step[] => {
    const key: IssueKey = `draft ${fingerprint}`;
    const [found] = own.get(key) ?? [];
    const marker: Marker = { ...markOf(fingerprint), kind: "draft" };
    const labels = [...new Set([target.policy["audit-label"], ...wished])];
    return [
      ...(found ? [] : [fileStep({ key, title, body: `${formatMarker(marker)}\n${body}`, labels })]),
      // One that is filed and still open was left by a run that was cut off before it closed it.
      ...(fixed === undefined || found?.issue.open === false ? [] : closeSteps(key, title, fixed)),
    ];
  });
  const closed = wanted.close.flatMap(({ number, comment }) => closeSteps(number, `#${number}`, comment));
  return [...filed, ...closed];
}

function closeSteps(on: IssueRef, title: string, comment: string): Step[] {
  const note: Marker = { ...markOf(fingerprintOf(String(on), comment)), kind: "note" };
  return [noteStep(on, title, { note, body: `${formatMarker(note)}\n${comment}` }), stateStep("close", on, title)];
}

function epicSteps({ target, board, around, finding }: Filing): Step[] {
  const key = epicKey(target);
  const title = epicTitle(target);
  const [found] = board.own.get(key) ?? [];
  if (found) return found.issue.open ? [] : [stateStep("open", key, title)];
  const marker: Marker = { ...markOf(epicFingerprint(target)), kind: "epic", finding };
  const { labels } = target.policy;
  return [fileStep({ key, title, body: `${formatMarker(marker)}\n${epicBody(target, around)}`, labels })];
}

/** Two causes with one fingerprint are one blocker. */
function causeSteps(filing: Filing): Step[] {
  const causes = new Map(filing.findings.causes.map((cause) => [blockerFingerprint(filing.target, cause), cause]));
  return [...causes].flatMap(([fingerprint, cause]) => oneCause(filing, cause, `blocker ${fingerprint}`));
}

function oneCause(filing: Filing, cause: Cause, key: `blocker ${string}`): Step[] {
  const { target, board, around, finding } = filing;
  const title = blockerTitle(target, cause);
  const marker: Marker = {
    kind: "blocker",
    origin: cause.origin,
    fingerprint: blockerFingerprint(target, cause),
    about: aboutOf(target, cause.subject),
    finding,
  };
  const attach = attachStep(key, epicKey(target), title);
  const [found] = board.own.get(key) ?? [];
  const body = `${formatMarker(marker)}\n${blockerBody(target, cause, around)}`;
  const file = fileStep({ key, title, body, labels: target.policy.labels });
  // Whoever filed it for this very finding was cut off; the same steps are planned, and find what is there already.
  if (!found || (found.issue.open && found.marker.finding === finding)) return [file, attach];
  const reopened = !found.issue.open;
  const said = note(filing, found, { purpose: "again", body: againComment(cause, around, reopened) });
  const foreign = found.issue.parent !== undefined && !board.parts.has(found.issue.number);
  return [
    noteStep(key, title, said),
    ...(reopened ? [stateStep("open", key, title)] : []),
    ...(foreign || board.parts.has(found.issue.number) ? [] : [attach]),
  ];
}

function blockersToClose(filing: Filing): { steps: Step[]; numbers: Set<number> } {
  const { target, board, findings, around } = filing;
  const proven = new Map([...findings.proven].map(([subject, shown]) => [aboutOf(target, subject), shown]));
  const failing = new Set(findings.causes.map((cause) => blockerFingerprint(target, cause)));
  const over = [...board.own.values()].flat().flatMap((own) => {
    const { issue, marker } = own;
    const shown = marker.kind === "blocker" && issue.open ? proven.get(marker.about) : undefined;
    return shown === undefined || failing.has(marker.fingerprint) ? [] : [{ own, shown }];
  });
  const steps = over.flatMap(({ own, shown }) => {
    const { number, title } = own.issue;
    const said = note(filing, own, { purpose: "passed", body: passedComment(shown, around) });
    return [noteStep(number, title, said), stateStep("close", number, title)];
  });
  return { steps, numbers: new Set(over.map(({ own }) => own.issue.number)) };
}

/** Whose word ends an epic: that of all gates, and for a release that is out, that of who has looked at it again. */
const endings = ["release-gates#", "publish-verify/later#"];

/** The epic is over once all gates have passed, or a later look at what users get, and nothing under it is open. */
function closeEpic(filing: Filing): Step[] {
  const { target, board, findings, around } = filing;
  const [found] = board.own.get(epicKey(target)) ?? [];
  const proven = endings.some((subject) => findings.proven.has(subject));
  if (!found?.issue.open || !proven) return [];
  const said = note(filing, found, { purpose: "cleared", body: clearedComment(around) });
  const on: IssueRef = found.issue.number;
  return [noteStep(on, found.issue.title, said), stateStep("close", on, found.issue.title)];
}

function note({ finding }: Filing, { marker }: OwnIssue, { purpose, body }: { purpose: string; body: string }) {
  const { fingerprint } = marker;
  const note: Marker = { kind: "note", origin: "none", fingerprint, about: fingerprintOf(purpose), finding };
  return { note, body: `${formatMarker(note)}\n${body}` };
}

function epicKey(target: Target): IssueKey {
  return `epic ${epicFingerprint(target)}`;
}

function markOf(fingerprint: string): Omit<Marker, "kind"> {
  return { origin: "none", fingerprint, about: fingerprint, finding: fingerprint };
}

import type { Effect } from "#src/domain/effect";
import type { Marker } from "#src/domain/issue-marker";
import type { IssueKey } from "./identity.ts";

/** Which issue a step is about: one of the suite's own, by key, or any by its number. */
export type IssueRef = IssueKey | number;

/** An issue to file, with its marker in the body already. */
export interface NewIssue {
  key: IssueKey;
  title: string;
  body: string;
  labels: string[];
}

/** One write. Its precondition is part of the effect, and is looked at again just before. */
export type Step = { effect: Omit<Effect, "state"> } & (
  | { write: "file"; issue: NewIssue }
  | { write: "note"; on: IssueRef; note: Marker; body: string }
  | { write: "open" | "close"; on: IssueRef }
  | { write: "attach"; part: IssueKey; to: IssueKey }
);

/** Plans to file an issue that is not there. */
export function fileStep(issue: NewIssue): Step {
  return {
    write: "file",
    issue,
    effect: { kind: "issue", target: issue.title, precondition: "absent", wanted: "open" },
  };
}

/** Plans to say something on an issue, once for each finding. */
export function noteStep(on: IssueRef, title: string, { note, body }: { note: Marker; body: string }): Step {
  return {
    write: "note",
    on,
    note,
    body,
    effect: { kind: "issue-comment", target: title, precondition: "absent", wanted: "present" },
  };
}

/** Plans to open or close an issue. */
export function stateStep(write: "open" | "close", on: IssueRef, title: string): Step {
  const [precondition, wanted] = write === "open" ? ["closed", "open"] : ["open", "closed"];
  return {
    write,
    on,
    effect: { kind: "issue-state", target: title, precondition: precondition ?? "", wanted: wanted ?? "" },
  };
}

/** Plans to make an issue a part of another. */
export function attachStep(part: IssueKey, to: IssueKey, title: string): Step {
  return {
    write: "attach",
    part,
    to,
    effect: { kind: "sub-issue", target: title, precondition: "absent", wanted: "present" },
  };
}

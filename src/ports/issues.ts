import type { IssueDraft } from "#src/domain/issue-draft";

/** An issue as the tracker shows it. */
export interface TrackedIssue {
  /** By which it becomes part of another issue. */
  id: number;
  /** By which people know it. */
  number: number;
  title: string;
  body: string;
  open: boolean;
  /** Login of who opened it; empty where the account is gone. */
  author: string;
  labels: string[];
  /** Title of its milestone. */
  milestone: string | undefined;
  /** Number of the issue that it is a part of, where the tracker says it. */
  parent: number | undefined;
  /** The tracker counts pull requests as issues; lists leave them out. */
  pullRequest: boolean;
  url: string;
  updated: Date;
  closed: Date | undefined;
}

/** A list, and whether it is all there is: one that was cut says nothing about what is absent. */
export interface Whole<Item> {
  items: Item[];
  complete: boolean;
}

/** Which issues are wanted: those that carry all `labels`, in the milestone of that number, changed at or after `since`. */
export interface IssueFilter {
  open: boolean | "either";
  labels?: string[];
  milestone?: number;
  since?: Date;
}

/** A milestone by title and number. */
export interface Milestone {
  number: number;
  title: string;
  open: boolean;
}

/** A comment. */
export interface IssueComment {
  id: number;
  /** Login of who wrote it; empty where the account is gone. */
  author: string;
  /** Whether an app or a workflow's own token wrote it, or nobody can tell. */
  automated: boolean;
  body: string;
  url: string;
  created: Date;
  /** Later than `created` where the text was changed. */
  updated: Date;
}

/** A change of an issue's labels or milestone; `about` names the label or the milestone's title. */
export interface IssueChange {
  change: "labeled" | "unlabeled" | "milestoned" | "demilestoned";
  about: string;
  at: Date;
}

/** What a stage may ask of the issues. Throws a `Failure` of kind `permission` where the token may not see them. */
export interface Issues {
  /** Newest first, pull requests left out. A few pages at most; what lies beyond them leaves the list incomplete. */
  list(filter: IssueFilter): Promise<Whole<TrackedIssue>>;
  read(number: number): Promise<TrackedIssue | "absent">;
  comments(number: number): Promise<Whole<IssueComment>>;
  parts(number: number): Promise<Whole<TrackedIssue>>;
  changes(number: number): Promise<Whole<IssueChange>>;
  milestones(): Promise<Whole<Milestone>>;
  /** Names of the labels that the tracker knows, whether an issue carries them or not. */
  labels(): Promise<Whole<string>>;
}

/** What a stage that files may do besides. Nothing is deleted, and no text of anybody is changed. Each write is sent once. */
export interface IssueTracker extends Issues {
  create(draft: Pick<IssueDraft, "title" | "body" | "labels">): Promise<TrackedIssue>;
  comment(number: number, body: string): Promise<IssueComment>;
  /** Opens or closes an issue. */
  setOpen(number: number, open: boolean): Promise<TrackedIssue>;
  /** Makes the issue of that id a part of another. */
  addPart(number: number, id: number): Promise<void>;
}

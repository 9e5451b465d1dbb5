import { Failure } from "#src/domain/failure";
import type {
  IssueChange,
  IssueComment,
  IssueFilter,
  IssueTracker,
  Milestone,
  TrackedIssue,
  Whole,
} from "#src/ports/issues";

/** What goes wrong at the tracker. */
export interface IssueFaults {
  /** Dies at this write, counted from 1: before it was applied, or after that without an answer. */
  dies?: { atWrite: number; moment: "before" | "after" };
  /** Lists are cut: they say that there is more. */
  cuts?: boolean;
  /** Takes issues without their labels, as GitHub does of those who may not set any. */
  dropsLabels?: boolean;
  /** Refuses what it names. */
  refuses?: "reads" | "writes";
  /** Runs ahead of a write, as a rival would. */
  beforeWrite?: (write: number, tracker: FakeIssues) => void;
}

/** Issues in memory. `calls` lists every request in order; time stands at `now`. */
export class FakeIssues implements IssueTracker {
  readonly held: TrackedIssue[] = [];
  readonly notes: (IssueComment & { issue: number })[] = [];
  readonly history: (IssueChange & { issue: number })[] = [];
  readonly known: Milestone[] = [];
  readonly labelNames: string[] = [];
  readonly calls: string[] = [];
  /** Account that the token speaks for. */
  author = "github-actions[bot]";
  now = new Date("2026-01-01T12:00:00Z");
  faults: IssueFaults;
  #nextId = 1001;
  #writes = 0;

  constructor(faults: IssueFaults = {}) {
    this.faults = faults;
  }

  /** Puts an issue there, as someone else did. */
  put(fields: Partial<TrackedIssue> = {}): TrackedIssue {
    const number = this.held.length + 1;
    const issue: TrackedIssue = {
      ...{ id: this.#nextId++, number, title: `Issue ${number}`, body: "", open: true, author: this.author },
      ...{ labels: [], milestone: undefined, parent: undefined, pullRequest: false },
      ...{ url: `https://github.example/octo/tide/issues/${number}`, updated: this.now, closed: undefined },
      ...fields,
    };
    this.held.push(issue);
    return issue;
  }

  /** Dies at a write, counted from now on. */
  diesNext({ atWrite, moment }: { atWrite: number; moment: "before" | "after" }): void {
    this.faults = { ...this.faults, dies: { atWrite: this.#writes + atWrite, moment } };
  }

  async list({ open, labels = [], milestone, since }: IssueFilter): Promise<Whole<TrackedIssue>> {
    this.#asked("list");
    const title = this.known.find(({ number }) => number === milestone)?.title;
    const found = this.held
      .filter((issue) => open === "either" || issue.open === open)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)))
      .filter((issue) => milestone === undefined || (title !== undefined && issue.milestone === title))
      .filter((issue) => since === undefined || issue.updated >= since)
      .filter(({ pullRequest }) => !pullRequest);
    return this.#whole(found.reverse());
  }

  async read(number: number): Promise<TrackedIssue | "absent"> {
    this.#asked(`read ${number}`);
    return structuredClone(this.held.find((issue) => issue.number === number) ?? "absent");
  }

  async comments(number: number): Promise<Whole<IssueComment>> {
    this.#asked(`comments ${number}`);
    const own = this.notes.filter(({ issue }) => issue === number);
    return this.#whole(own.map(({ issue: _issue, ...comment }) => comment));
  }

  async parts(number: number): Promise<Whole<TrackedIssue>> {
    this.#asked(`parts ${number}`);
    return this.#whole(this.held.filter(({ parent }) => parent === number));
  }

  async changes(number: number): Promise<Whole<IssueChange>> {
    this.#asked(`changes ${number}`);
    const own = this.history.filter(({ issue }) => issue === number);
    return this.#whole(own.map(({ change, about, at }) => ({ change, about, at })));
  }

  async milestones(): Promise<Whole<Milestone>> {
    this.#asked("milestones");
    return this.#whole(this.known);
  }

  async labels(): Promise<Whole<string>> {
    this.#asked("labels");
    return this.#whole([...this.labelNames, ...this.held.flatMap(({ labels }) => labels)]);
  }

  async create({ title, body, labels }: Pick<TrackedIssue, "title" | "body" | "labels">): Promise<TrackedIssue> {
    return this.#write(`create ${title}`, () =>
      this.put({ title, body, labels: this.faults.dropsLabels ? [] : [...labels] }),
    );
  }

  async comment(number: number, body: string): Promise<IssueComment> {
    return this.#write(`comment ${number}`, () => {
      const comment = {
        ...{ id: this.#nextId++, author: this.author, automated: this.author.endsWith("[bot]"), body },
        ...{ url: `https://github.example/octo/tide/issues/${number}#issuecomment-1` },
        ...{ created: this.now, updated: this.now },
      };
      this.notes.push({ ...comment, issue: number });
      this.#of(number).updated = this.now;
      return comment;
    });
  }

  async setOpen(number: number, open: boolean): Promise<TrackedIssue> {
    return this.#write(`${open ? "open" : "close"} ${number}`, () =>
      Object.assign(this.#of(number), { open, closed: open ? undefined : this.now, updated: this.now }),
    );
  }

  async addPart(number: number, id: number): Promise<void> {
    await this.#write(`part of ${number}`, () => {
      const part = this.held.find((issue) => issue.id === id);
      if (!part || part.parent !== undefined) throw upstream(`no issue ${id} without a parent`);
      part.parent = number;
    });
  }

  async #write<Answer>(call: string, apply: () => Answer): Promise<Answer> {
    this.calls.push(call);
    this.#writes += 1;
    if (this.faults.refuses === "writes") throw refusal("all.permission-missing");
    this.faults.beforeWrite?.(this.#writes, this);
    const { dies } = this.faults;
    const dying = dies?.atWrite === this.#writes;
    if (dying && dies.moment === "before") throw upstream("no answer");
    const answer = apply();
    if (dying) throw upstream("no answer");
    return structuredClone(answer);
  }

  #asked(call: string): void {
    this.calls.push(call);
    if (this.faults.refuses === "reads") throw refusal("all.tracker-unauthorized");
  }

  #whole<Item>(items: Item[]): Whole<Item> {
    return { items: structuredClone(items), complete: this.faults.cuts !== true };
  }

  #of(number: number): TrackedIssue {
    const issue = this.held.find((one) => one.number === number);
    if (!issue) throw upstream(`no issue ${number}`);
    return issue;
  }
}

function upstream(message: string): Failure {
  return new Failure({ kind: "upstream", code: "all.upstream-unreachable", message, hint: "Wait and rerun." });
}

function refusal(code: "all.permission-missing" | "all.tracker-unauthorized"): Failure {
  const message = "expected the tracker to answer, found that it refuses the token";
  return new Failure({ kind: "permission", code, message, hint: "Grant the scope." });
}

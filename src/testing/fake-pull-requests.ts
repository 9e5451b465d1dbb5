import { Failure } from "#src/domain/failure";
import type { NewPullRequest, PullRequest, PullRequests, PullWriting } from "#src/ports/pull-requests";

/** What goes wrong with pull requests. */
export interface PullFaults {
  /** Replaces the answer to a write. `after` says that the server did what was asked before it gave that answer. */
  answer?: PullWriting & { after?: boolean };
  /** Whether questions get no answer. */
  deaf?: boolean;
  /** How often a pull request is read before it is known whether it can be merged. */
  undecided?: number;
  /** Whether it can be merged once that is known. */
  mergeable?: boolean;
  /** Runs ahead of each read, as a person would act. */
  beforeRead?: (pulls: FakePullRequests) => void;
}

type Held = PullRequest & Pick<NewPullRequest, "from" | "into" | "title">;

/** Pull requests of a remote in memory, over the tips of its branches. */
export class FakePullRequests implements PullRequests {
  readonly held: Held[] = [];
  readonly calls: string[] = [];
  readonly #tips: ReadonlyMap<string, string>;
  readonly #faults: PullFaults;
  #reads = 0;

  constructor(tips: ReadonlyMap<string, string>, faults: PullFaults = {}) {
    this.#tips = tips;
    this.#faults = faults;
  }

  /** Puts a pull request there, as someone else did. */
  put(from: string, into: string, seen: Partial<PullRequest> = {}): this {
    const number = this.held.length + 1;
    const url = `https://git.example.org/octo/tide/pull/${number}`;
    const head = this.#tips.get(from) ?? "";
    const fresh = { number, url, state: "open", head, draft: false, body: "", mergeable: true } as const;
    this.held.push({ from, into, title: "", ...fresh, ...seen });
    return this;
  }

  async between(from: string, into: string): Promise<PullRequest[]> {
    this.calls.push(`between ${from} ${into}`);
    if (this.#faults.deaf) throw silence();
    return this.held.filter((one) => one.from === from && one.into === into).toReversed();
  }

  async read(number: number): Promise<PullRequest> {
    this.calls.push(`read ${number}`);
    this.#reads += 1;
    this.#faults.beforeRead?.(this);
    const found = this.held[number - 1];
    if (!found || this.#faults.deaf) throw silence();
    const known = this.#reads > (this.#faults.undecided ?? 0);
    return { ...found, mergeable: known ? (this.#faults.mergeable ?? true) : "unknown" };
  }

  async open({ from, into, title, body }: NewPullRequest): Promise<PullWriting> {
    this.calls.push(`open ${from} ${into}`);
    const { answer } = this.#faults;
    if (answer && !answer.after) return answer;
    this.put(from, into, { body });
    Object.assign(this.held.at(-1) ?? {}, { title });
    return answer ?? { outcome: "accepted" };
  }

  async describe(number: number, body: string): Promise<PullWriting> {
    this.calls.push(`describe ${number}`);
    Object.assign(this.held[number - 1] ?? {}, { body });
    return { outcome: "accepted" };
  }
}

function silence(): Failure {
  return new Failure({ kind: "upstream", code: "all.upstream-unreachable", message: "no answer", hint: "Wait." });
}

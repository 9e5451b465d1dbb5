import type { BranchHistory } from "#src/ports/branch-history";
import type { Branches, BranchMove, Moving } from "#src/ports/branches";
import type { RemoteRefs, RemoteRepository, RemoteSilence } from "#src/ports/remote-refs";

/** A commit of a history in memory; commits with the same tree have the same content. */
export interface FakeCommit {
  sha: string;
  parents: string[];
  tree?: string;
  subject?: string;
}

/** What goes wrong at the remote. */
export interface BranchFaults {
  /** Runs ahead of a question (counted from 1), as a rival would. */
  beforeQuestion?: (question: number, heads: Map<string, string>) => void;
  /** Runs ahead of a move, between the last look and the write. */
  beforeMove?: (move: BranchMove, heads: Map<string, string>) => void;
  /** Replaces the answer to a move. `after` says that the server did what was asked before it gave that answer. */
  answer?: (move: BranchMove) => (Moving & { after?: boolean }) | undefined;
  /** Number of questions after which the remote is silent. */
  deafAfter?: number;
}

/** The branches of a remote in memory, which moves them forward only. It remembers each question and each move. */
export class FakeBranches implements Branches, RemoteRepository {
  readonly calls: string[] = [];
  readonly heads: Map<string, string>;
  readonly #history: BranchHistory;
  readonly #faults: BranchFaults;

  constructor(heads: Record<string, string>, history: BranchHistory, faults: BranchFaults = {}) {
    this.heads = new Map(Object.entries(heads));
    this.#history = history;
    this.#faults = faults;
  }

  async refs(): Promise<RemoteRefs | RemoteSilence> {
    this.calls.push("refs");
    const question = this.calls.filter((call) => call === "refs").length;
    this.#faults.beforeQuestion?.(question, this.heads);
    if (question > (this.#faults.deafAfter ?? question)) return { known: false, because: "no answer" };
    return { known: true, heads: new Map(this.heads), tags: new Map() };
  }

  async advance(move: BranchMove): Promise<Moving> {
    this.calls.push(`move ${move.branch}`);
    this.#faults.beforeMove?.(move, this.heads);
    const answer = this.#faults.answer?.(move);
    if (answer && !answer.after) return answer;
    const from = this.heads.get(move.branch) ?? "";
    const relation = await this.#history.relate(move.to, from);
    if (relation === "unknown" || relation.behind > 0) return { outcome: "not-forward", because: "no fast forward" };
    this.heads.set(move.branch, move.to);
    return answer ?? { outcome: "accepted" };
  }
}

/** A history in memory; a commit that is not in it is unknown, as in a checkout that does not hold it. */
export function fakeBranchHistory(commits: FakeCommit[], conflicts: string[] | "unknown" = []): BranchHistory {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const reached = (from: string): FakeCommit[] => {
    const found = new Map<string, FakeCommit>();
    const open = [from];
    for (let sha = open.shift(); sha !== undefined; sha = open.shift()) {
      const commit = known.get(sha);
      if (!commit || found.has(sha)) continue;
      found.set(sha, commit);
      open.push(...commit.parents);
    }
    return [...found.values()];
  };
  const only = (one: string, other: string) => reached(one).filter((commit) => !reached(other).includes(commit));
  return {
    relate: async (source, target) => {
      if (!known.has(source) || !known.has(target)) return "unknown";
      const base = reached(source).find((commit) => reached(target).includes(commit))?.sha ?? null;
      return { base, ahead: only(source, target).length, behind: only(target, source).length };
    },
    diverge: async (source, target) => {
      const own = only(source, target);
      const strays = only(target, source).map(({ sha, tree, subject = "a change" }) => {
        return { sha, subject, twin: own.find((one) => tree !== undefined && one.tree === tree)?.sha };
      });
      return { strays, conflicts };
    },
  };
}

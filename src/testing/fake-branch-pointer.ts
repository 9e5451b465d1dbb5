import type { BranchMove, BranchPointer, Relation } from "#src/ports/branch-pointer";

/** Branches in memory; `history` lists commits from the oldest, and what is not in it has diverged. */
export class FakeBranchPointer implements BranchPointer {
  readonly branches = new Map<string, string>();
  readonly calls: string[] = [];
  readonly history: string[];
  readonly #answer: BranchMove | undefined;

  constructor(history: string[], answer?: BranchMove) {
    this.history = history;
    this.#answer = answer;
  }

  async find(branch: string): Promise<string | "absent"> {
    this.calls.push("find");
    return this.branches.get(branch) ?? "absent";
  }

  async relation(from: string, to: string): Promise<Relation> {
    this.calls.push("relation");
    const [before, after] = [this.history.indexOf(from), this.history.indexOf(to)];
    if (before < 0 || after < 0) return "diverged";
    if (before === after) return "identical";
    return before < after ? "ahead" : "behind";
  }

  async advance({ branch, to }: { branch: string; to: string }): Promise<BranchMove> {
    this.calls.push("advance");
    if (this.#answer?.outcome !== "refused") this.branches.set(branch, to);
    return this.#answer ?? { outcome: "moved" };
  }
}

import type { Code } from "#src/domain/catalogue";

/** How a commit stands to another: it comes after it, before it, is the same, or neither. */
export type Relation = "ahead" | "behind" | "identical" | "diverged";

/** What became of a move; `unclear` obliges the mover to look again. */
export type BranchMove =
  | { outcome: "moved" }
  | { outcome: "unclear"; because: string }
  | {
      outcome: "refused";
      code: Extract<
        Code,
        | "tag.branch-diverged"
        | "tag.branch-failed"
        | "tag.permission-missing"
        | "all.auth-unhealthy"
        | "all.rate-limited"
      >;
      because: string;
    };

/** A branch that is moved forward and never back. */
export interface BranchPointer {
  /** Asks the remote for the commit of a branch. Throws `tag.remote-unknown`. */
  find(branch: string): Promise<string | "absent">;
  /** Tells how a commit stands to another, in one API request. Throws `tag.remote-unknown`. */
  relation(from: string, to: string): Promise<Relation>;
  /** Makes an absent branch, or moves one forward; the server refuses any other move. */
  advance(move: { branch: string; from: string | "absent"; to: string }): Promise<BranchMove>;
}

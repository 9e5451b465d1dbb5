import type { Code } from "#src/domain/catalogue";

/** A branch that is to move: from the commit it was seen on, forward to another one. */
export interface BranchMove {
  branch: string;
  from: string;
  to: string;
}

/** Why a move was refused. */
export type MoveRefusalCode = Extract<
  Code,
  | "promote.push-rejected"
  | "promote.permission-missing"
  | "promote.branch-missing"
  | "all.auth-unhealthy"
  | "all.rate-limited"
>;

/**
 * What became of a move. `accepted` is the server's word and is read back; `not-forward` and `unclear` oblige the writer to
 * look again.
 */
export type Moving =
  | { outcome: "accepted" }
  | { outcome: "not-forward" | "unclear"; because: string }
  | { outcome: "refused"; code: MoveRefusalCode; because: string };

/** The branches of the remote repository, as far as they may be written: forward, and never by force. */
export interface Branches {
  /** Asks once, in one API request, to move a branch forward. It never creates, rewinds or deletes one. */
  advance(move: BranchMove): Promise<Moving>;
}

import { fullSha } from "#src/domain/release";
import type { CommitSignature } from "#src/ports/commit-signatures";
import type { GateSeat } from "../gate-ports.ts";

/** The commit that last changed a marker, with the addresses of its author and of who made it. */
export interface MarkerCommit {
  sha: string;
  author: string;
  committer: string;
  /** What GitHub says of its signature; undefined where nobody asked. */
  signature?: CommitSignature;
}

// Paths come from files and are handed over as a variable: nothing in a line is another's text.
const git = "git --no-replace-objects --no-optional-locks --literal-pathspecs -c safe.directory='*'";
const lastChange = `test "$(${git} rev-parse --is-shallow-repository)" = false && ${git} log -1 --no-show-signature --format=%H%x00%ae%x00%ce HEAD -- "$SEAWORTHY_PATH"`;
const sameAsCommitted = `${git} cat-file -e "HEAD:$SEAWORTHY_PATH" && ${git} status --porcelain --ignored --untracked-files=all -- "$SEAWORTHY_PATH"`;

/** Reads which commit of the candidate's history last changed a file; undefined where git cannot tell, or not for sure. */
export async function lastChangeOf(path: string, { ports }: GateSeat): Promise<MarkerCommit | undefined> {
  const { exit, output } = await ports.shell.run(asking(lastChange, path, ports));
  const [sha = "", author = "", committer = ""] = output.trimEnd().split("\0");
  return exit === 0 && fullSha.test(sha) && author !== "" ? { sha, author, committer } : undefined;
}

/** Tells whether a file lies in the checkout exactly as the candidate has it. */
export async function isAsCommitted(path: string, { ports }: GateSeat): Promise<boolean> {
  const { exit, output } = await ports.shell.run(asking(sameAsCommitted, path, ports));
  return exit === 0 && output === "";
}

function asking(line: string, path: string, { checkout }: GateSeat["ports"]) {
  return { ...checkout, environment: { ...checkout.environment, SEAWORTHY_PATH: path }, line, timeout: 60_000 };
}

import * as z from "zod";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";
import type { PushIds } from "./gather-push.ts";

const commit = z.string().regex(fullSha);
const pushForm = z.object({ before: commit.optional(), after: commit.optional() });
const zeros = "0".repeat(40);

/**
 * Tells which commits a push lies between: the inputs, else the event. Zeros stand for a branch that did not exist, so
 * that nothing is known of the commit before. Throws `plan.push-unreadable` where the head is not told, or the branch is gone.
 */
export function pushIds(given: { before: string; after: string }, event: unknown): PushIds {
  const told = pushForm.safeParse(event).data ?? {};
  const after = given.after || told.after;
  const before = given.before || told.before;
  if (after === undefined) throw unreadable(before === undefined ? "neither of them" : "only the one before");
  if (after === zeros) throw unreadable("that the push deletes its branch");
  return { before: before === undefined || before === zeros ? null : before, after };
}

function unreadable(found: string): Failure {
  return new Failure({
    kind: "input",
    code: "plan.push-unreadable",
    message: `expected the commits before and after a push, from the inputs or the event, found ${found}`,
    hint: "Run the mode `push` on push events, or pass `before` and `after`.",
  });
}

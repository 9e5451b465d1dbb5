import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Divergence, Relation } from "#src/ports/branch-history";
import { type Hop, isForward, isThere } from "./hops.ts";

/** What is known of each branch on the way; divergences stand by the name of the branch. */
export interface Outlook {
  sha: string;
  hops: Hop[];
  divergences: Map<string, Divergence>;
}

/** Judges whether there is anything to ship, and for each branch whether it can move forward, without merge, rebase or force. */
export function judgeHops({ sha, hops, divergences }: Outlook): Check[] {
  if (hops.length === 0) return [];
  return [shipment(sha, hops), ...hops.map((hop) => judgeHop(hop, divergences.get(hop.branch)))];
}

/** Tells whether the whole chain holds the commit already. */
export function isIdle(hops: Hop[]): boolean {
  return hops.length > 0 && hops.every(isThere);
}

function shipment(sha: string, hops: Hop[]): Check {
  const ask = question("shipment", "There is something to ship");
  const names = hops.map(({ branch, from }) => `${branch} (${from ?? "absent"})`).join(", ");
  return isIdle(hops)
    ? ask.notApplicable("promote.nothing-to-ship", `${sha} is part of ${names} already`, [sha])
    : ask.pass(
        `${sha} is not yet part of ${hops
          .filter((hop) => !isThere(hop))
          .map(({ branch }) => branch)
          .join(", ")}`,
      );
}

function judgeHop(hop: Hop, divergence: Divergence | undefined): Check {
  const { branch, from, to, relation } = hop;
  const ask = question(`forward-${branch}`, `Branch ${branch} can move forward to the commit`);
  if (from === null || relation === "absent") {
    return ask.fail("promote.branch-missing", `expected branch ${branch} on the remote, found none of that name`);
  }
  const ids = [from, to];
  if (relation === "unknown") {
    const because = `expected ${from}, where ${branch} stands, and ${to} with their history, found them not in the checkout`;
    return ask.unsure("promote.history-truncated", because, ids);
  }
  if (relation.base === null) {
    const because = `expected ${from} (${branch}) to be an ancestor of ${to}, found no common ancestor at all`;
    return ask.fail("promote.unrelated-histories", because, ids);
  }
  if (from === to) return ask.pass(`${branch} is on ${to}`, ids);
  if (isThere(hop)) return ask.pass(`${branch} (${from}) holds ${to}, and ${commits(relation.behind)} more`, ids);
  if (isForward(hop)) return ask.pass(`${from} → ${to}, ${commits(relation.ahead)}, merge base ${relation.base}`, ids);
  return apart(hop, relation, { ask, divergence });
}

function apart(
  { branch, from, to }: Hop,
  { base, ahead, behind }: Relation,
  { ask, divergence }: { ask: ReturnType<typeof question>; divergence: Divergence | undefined },
): Check {
  const found = `expected ${from} (${branch}) to be an ancestor of ${to}, found both diverged since merge base ${base}: ${commits(ahead)} only in the source, ${commits(behind)} only in ${branch}`;
  const evidence = [from ?? "", to, base ?? ""];
  const conflicts = divergence?.conflicts ?? "unknown";
  if (conflicts === "unknown" || conflicts.length === 0) return ask.fail("promote.not-fast-forward", found, evidence);
  const more = conflicts.length > 10 ? ` and ${conflicts.length - 10} more` : "";
  return ask.fail(
    "promote.conflicting",
    `${found}; a merge conflicts in ${conflicts.slice(0, 10).join(", ")}${more}`,
    evidence,
  );
}

/** Writes a number of commits. */
export function commits(count: number): string {
  return count === 1 ? "1 commit" : `${count} commits`;
}

import type { Effect } from "#src/domain/effect";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Branches, Moving } from "#src/ports/branches";
import type { RemoteRefs, RemoteRepository } from "#src/ports/remote-refs";
import { type Hop, isForward, isThere } from "./hops.ts";

/** What became of the branches. `heads` is what the remote said last. */
export interface Applied {
  checks: Check[];
  states: Map<string, Effect["state"]>;
  heads: Map<string, string>;
}

/** What the moves are made with, and the branch that must stay where it was judged. */
export interface Ground {
  source: string;
  branches: Branches;
  remote: RemoteRepository;
}

/**
 * Moves branch after branch; each is read back before the next one starts, and the first that does not hold ends it. A
 * branch that is there already is left alone, so that a rerun goes on where the last attempt ended.
 */
export async function applyHops(hops: Hop[], heads: Map<string, string>, ground: Ground): Promise<Applied> {
  const applied: Applied = { checks: [], states: statesBefore(hops), heads };
  for (const hop of hops.filter(isForward)) {
    const { check, state, refs } = await moveOne(hop, ground);
    applied.checks.push(check);
    applied.states.set(hop.branch, state);
    if (refs) applied.heads = refs.heads;
    if (check.result !== "pass") break;
  }
  return applied;
}

/** The state of each branch's effect before anything was written: there already, or not written. */
export function statesBefore(hops: Hop[], unwritten: Effect["state"] = "refused"): Map<string, Effect["state"]> {
  return new Map(hops.map((hop) => [hop.branch, isThere(hop) ? "already" : unwritten]));
}

type Forward = Hop & { from: string };
type Moved = { check: Check; state: Effect["state"]; refs?: RemoteRefs };

async function moveOne(hop: Forward, { source, branches, remote }: Ground): Promise<Moved> {
  const ask = question(`moved-${hop.branch}`, `Branch ${hop.branch} was moved and reads back`);
  const before = await remote.refs();
  if (!before.known) {
    const because = `expected the remote's branches just before the move, found: ${before.because}`;
    return { check: ask.unsure("promote.remote-unknown", because), state: "refused" };
  }
  const rival = standing(hop, source, before);
  if (rival !== "as-judged") return { ...rival, refs: before };

  const moving = await branches.advance({ branch: hop.branch, from: hop.from, to: hop.to });
  if (moving.outcome === "refused") {
    const because = `${wanted(hop)}; ${moving.because}`;
    return { check: ask.fail(moving.code, because, [hop.from, hop.to]), state: "refused", refs: before };
  }
  const after = await remote.refs();
  if (!after.known) {
    const because = `expected to read ${hop.branch} back on ${hop.to}, found: ${after.because}`;
    return { check: ask.unsure("promote.remote-unknown", because, [hop.to]), state: stateOf(moving) };
  }
  return { ...readBack(hop, moving, after), refs: after };
}

/** Compares the branches with what was judged; what moved in between is never overrun. */
function standing(hop: Forward, source: string, { heads }: RemoteRefs): Omit<Moved, "refs"> | "as-judged" {
  const ask = question(`moved-${hop.branch}`, `Branch ${hop.branch} was moved and reads back`);
  const tip = heads.get(hop.branch);
  if (tip === hop.to) return { check: ask.pass(`${hop.branch} is on ${hop.to} already`, [hop.to]), state: "already" };
  const moved = [
    ...(tip === hop.from ? [] : [`${hop.branch} on ${hop.from}, found it ${place(tip)}`]),
    ...(heads.get(source) === hop.to ? [] : [`${source} on ${hop.to}, found it ${place(heads.get(source))}`]),
  ];
  if (moved.length === 0) return "as-judged";
  const because = `expected ${moved.join("; and ")}${mergeBase(hop)}`;
  return { check: ask.fail("promote.remote-moved", because, [hop.from, hop.to]), state: "refused" };
}

function readBack(hop: Forward, moving: Moving, { heads }: RemoteRefs): Omit<Moved, "refs"> {
  const ask = question(`moved-${hop.branch}`, `Branch ${hop.branch} was moved and reads back`);
  const tip = heads.get(hop.branch);
  if (tip === hop.to) {
    return { check: ask.pass(`${hop.from} → ${hop.to}, read back`, [hop.from, hop.to]), state: stateOf(moving) };
  }
  const ids = [hop.from, hop.to];
  if (moving.outcome === "accepted") {
    const because = `expected ${hop.branch} to read back on ${hop.to}, found it ${place(tip)}`;
    return { check: ask.fail("promote.readback-mismatch", because, ids), state: "done" };
  }
  const said = "because" in moving ? moving.because : "";
  const because = `${wanted(hop)}, found it ${place(tip)}; ${said}`;
  if (tip !== hop.from) return { check: ask.fail("promote.remote-moved", because, ids), state: "refused" };
  return moving.outcome === "not-forward"
    ? { check: ask.fail("promote.not-fast-forward", because, ids), state: "refused" }
    : { check: ask.unsure("promote.unanswered", because, ids), state: "refused" };
}

/** A move whose answer was lost counts as done only by what the remote then serves. */
function stateOf(moving: Moving): Effect["state"] {
  return moving.outcome === "accepted" ? "done" : "already";
}

function wanted(hop: Forward): string {
  return `expected ${hop.branch} to move from ${hop.from} to ${hop.to}${mergeBase(hop)}`;
}

function mergeBase({ relation }: Hop): string {
  return typeof relation === "object" ? ` (merge base ${relation.base ?? "none"})` : "";
}

function place(tip: string | undefined): string {
  return tip === undefined ? "gone" : `on ${tip}`;
}

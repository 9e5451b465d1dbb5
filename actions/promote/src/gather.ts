import type { BranchHistory, Divergence } from "#src/ports/branch-history";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";
import { type Hop, isForward, isThere, plannedTip, wayFrom } from "./hops.ts";
import type { Neighbours } from "./judge-backmerge.ts";

/** Relates the commit to every branch on its way. */
export async function gatherHops(
  { source, chain, sha }: { source: string; chain: string[]; sha: string },
  remote: RemoteRefs,
  history: BranchHistory,
): Promise<Hop[]> {
  const way = wayFrom(source, chain);
  return Promise.all(
    way.map(async (branch): Promise<Hop> => {
      const from = remote.heads.get(branch);
      if (from === undefined) return { branch, from: null, to: sha, relation: "absent" };
      return { branch, from, to: sha, relation: await history.relate(sha, from) };
    }),
  );
}

/** Explains, by branch, why those that can neither move nor stay have diverged. */
export async function gatherDivergences(hops: Hop[], history: BranchHistory): Promise<Map<string, Divergence>> {
  const stuck = hops.flatMap((hop) =>
    hop.from !== null && typeof hop.relation === "object" && !isForward(hop) && !isThere(hop)
      ? [{ branch: hop.branch, from: hop.from, to: hop.to }]
      : [],
  );
  const found = stuck.map(async ({ branch, from, to }) => [branch, await history.diverge(to, from)] as const);
  return new Map(await Promise.all(found));
}

/** Relates each branch of the chain to the next one, as the plan leaves them; branches that the remote lacks are left out. */
export async function gatherNeighbours(
  { chain, hops }: { chain: string[]; hops: Hop[] },
  remote: RemoteRefs,
  history: BranchHistory,
): Promise<Neighbours[]> {
  const planned = new Map(hops.map((hop) => [hop.branch, plannedTip(hop)]));
  const tips = chain.flatMap((branch) => {
    const tip = planned.get(branch) ?? remote.heads.get(branch);
    return tip ? [{ branch, tip }] : [];
  });
  return Promise.all(
    tips.slice(1).map(async (later, index): Promise<Neighbours> => {
      const earlier = tips[index] ?? later;
      const relation = await history.relate(earlier.tip, later.tip);
      const lacks = relation !== "unknown" && relation.behind > 0;
      const divergence = lacks ? await history.diverge(earlier.tip, later.tip) : undefined;
      return { earlier: earlier.branch, later: later.branch, relation, divergence };
    }),
  );
}

/** Tells whether the checkout holds a branch's tip with its history. */
export async function isTipKnown(
  source: string,
  head: string,
  { remote, history }: { remote: RemoteRefs | RemoteSilence; history: BranchHistory },
): Promise<boolean> {
  const tip = remote.known ? remote.heads.get(source) : undefined;
  if (tip === undefined || tip === head) return true;
  return (await history.relate(tip, head)) !== "unknown";
}

import type { Checkout, CheckoutFacts } from "#src/ports/checkout";
import type { GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { RemoteRepository } from "#src/ports/remote-refs";
import { type Aim, isUnnamed, takeAim } from "./aim.ts";
import type { Facts, Policy, RunFacts, Sighting, TaggedCommit } from "./facts.ts";
import { summariseCommits } from "./summarise-commits.ts";
import { agreedVersion, readVersions } from "./version-sources.ts";

/** What the plan asks. */
export interface Ports {
  local: Checkout & GitHistory & ProjectFiles;
  remote: RemoteRepository;
}

/** Gathers all facts: first what the aim needs, then what the aim makes worth asking. The remote is asked once. */
export async function gather(
  policy: Policy,
  seen: { run: RunFacts; checkout: CheckoutFacts },
  ports: Ports,
): Promise<{ facts: Facts; aim: Aim }> {
  const { head } = seen.checkout;
  const [remote, tips, versions, changelog] = await Promise.all([
    ports.remote.refs(),
    ports.local.tips(head),
    readVersions(policy.version.sources, ports.local, head),
    policy.changelog.format === "none" ? undefined : ports.local.read(policy.changelog.file, head),
  ]);
  const sighting: Sighting = { ...seen, remote, tips, versions, changelog };
  const aim = takeAim(policy, sighting);
  const [since, tagged] = await Promise.all([
    commitsSince(aim, head, ports),
    taggedCommit(aim, policy, { head, ports }),
  ]);
  return { facts: { ...sighting, ...since, tagged }, aim };
}

async function commitsSince(
  { base }: Aim,
  head: string,
  { local }: Ports,
): Promise<Pick<Facts, "baseReachable" | "commits">> {
  if (isUnnamed(base)) return { baseReachable: undefined, commits: undefined };
  const from = base.kind === "base" ? base.at.commit : null;
  const reachable = from === null || (await local.isAncestor(from, head)) !== "unknown";
  return {
    baseReachable: reachable,
    commits: reachable ? await summariseCommits(local.commitsSince(from, head)) : undefined,
  };
}

async function taggedCommit(
  { tag }: Aim,
  policy: Policy,
  { head, ports }: { head: string; ports: Ports },
): Promise<TaggedCommit | undefined> {
  if (isUnnamed(tag) || tag.commit === undefined || tag.commit === head) return undefined;
  const ancestor = await ports.local.isAncestor(tag.commit, head);
  if (ancestor !== true) return { ancestor, version: null };
  return { ancestor, version: agreedVersion(await readVersions(policy.version.sources, ports.local, tag.commit)) };
}

import { versionOfTag } from "#src/domain/tag-pattern";
import type { Checkout, CheckoutFacts } from "#src/ports/checkout";
import type { Clock } from "#src/ports/clock";
import type { GitHistory } from "#src/ports/git-history";
import type { LinkedIssues } from "#src/ports/linked-issues";
import type { ProjectFiles } from "#src/ports/project-files";
import type { RemoteRepository } from "#src/ports/remote-refs";
import type { TagDates } from "#src/ports/tag-dates";
import { type Aim, isUnnamed, takeAim } from "./aim.ts";
import { changelogSetting } from "./changelog-setting.ts";
import { endingOf } from "./ending.ts";
import type { BumpCommit, Facts, Policy, RunFacts, Sighting, TaggedCommit } from "./facts.ts";
import { gatherPush, type PushIds } from "./gather-push.ts";
import { gatherScene } from "./gather-scene.ts";
import { gatherTargets } from "./gather-targets.ts";
import { gatherToolchain } from "./gather-toolchain.ts";
import { issuesSince, labelsFor, withAuditedIssues } from "./issues/issues-since.ts";
import { scaleOf, summariseCommits } from "./summarise-commits.ts";
import { declaredAt } from "./version-history.ts";
import { readVersions } from "./version-sources.ts";

/** What the plan asks. */
export interface Ports {
  local: Checkout & GitHistory & ProjectFiles;
  remote: RemoteRepository;
  /** The payload of the event that started the run; undefined where there is none that can be read. */
  pushEvent(): unknown;
  /** Tags with a published release; undefined where nobody can be asked. */
  released?: (() => Promise<ReadonlySet<string>>) | undefined;
  issues: LinkedIssues;
  tagDates: TagDates;
  clock: Clock;
}

/** Gathers all facts: first what the aim needs, then what the aim makes worth asking. The remote is asked once. */
export async function gather(
  policy: Policy,
  seen: { run: RunFacts; checkout: CheckoutFacts; push: PushIds | undefined; bumpCommit?: BumpCommit | undefined },
  ports: Ports,
): Promise<{ facts: Facts; aim: Aim }> {
  const { run, bumpCommit } = seen;
  const checkout = { ...seen.checkout, ...(bumpCommit && "at" in bumpCommit ? { head: bumpCommit.at } : {}) };
  const { head } = checkout;
  const sources = policy.version.sources;
  const asked = policy.tag === "" ? undefined : versionOfTag(policy.version["tag-pattern"], policy.tag)?.text;
  const [remote, tips, versions, changelog, push] = await Promise.all([
    ports.remote.refs(),
    ports.local.tips(head),
    readVersions(sources, { files: ports.local, commit: head, asked }),
    policy.changelog.format === "none" ? undefined : ports.local.read(policy.changelog.file, head),
    seen.push && gatherPush(seen.push, sources, ports.local),
  ]);
  const sighting: Sighting = { run, checkout, bumpCommit, remote, tips, versions, changelog };
  const aim = takeAim(policy, sighting);
  const tagged = await taggedCommit(aim, policy, { head, ports });
  const release = endingOf(policy, { ...sighting, push, tagged }, aim) === "release";
  const issues = release ? await issuesSince(policy, { aim, sighting }, ports) : undefined;
  const baseReachable = await reaches(aim, head, ports);
  const [commits, setting, scene, targets, toolchain] = await Promise.all([
    baseReachable ? commitsSince(aim, { ...policy, labels: labelsFor(policy, issues) }, { head, ports }) : undefined,
    changelogSetting(policy, { aim, sighting, baseReachable }, ports),
    gatherScene(policy, { aim, head, baseReachable }, ports),
    gatherTargets(policy.targets, head, ports.local),
    gatherToolchain(policy.toolchain, head, ports.local),
  ]);
  const linked = { ...setting, commits: withAuditedIssues(policy, setting.commits, issues) };
  const declared = { targets, toolchain };
  const facts = { ...sighting, baseReachable, commits, tagged, push, setting: linked, scene, ...declared, issues };
  const moot = policy.concludes && endingOf(policy, facts, aim) === "unchanged";
  return { facts: { ...facts, published: moot ? await ports.released?.() : undefined }, aim };
}

/** Whether the checkout holds the commits since the base; undefined where it is not known which base that is. */
async function reaches({ base }: Aim, head: string, { local }: Ports): Promise<boolean | undefined> {
  if (isUnnamed(base)) return undefined;
  return base.kind !== "base" || (await local.isAncestor(base.at.commit, head)) !== "unknown";
}

function commitsSince(
  { base, version }: Aim,
  policy: Policy,
  { head, ports: { local } }: { head: string; ports: Ports },
): Promise<Facts["commits"]> {
  const from = !isUnnamed(base) && base.kind === "base" ? base.at : undefined;
  const scale = scaleOf(policy, from?.release[0] ?? 0n, isUnnamed(version) ? undefined : version);
  return summariseCommits(local.commitsSince(from?.commit ?? null, head), scale);
}

async function taggedCommit(
  { tag }: Aim,
  policy: Policy,
  { head, ports }: { head: string; ports: Ports },
): Promise<TaggedCommit | undefined> {
  if (isUnnamed(tag) || tag.commit === undefined || tag.commit === head) return undefined;
  const ancestor = await ports.local.isAncestor(tag.commit, head);
  if (ancestor !== true) return { ancestor, version: null };
  return { ancestor, version: await versionAt(tag.commit, policy, ports) };
}

/** The version that the first source declares at a commit; copies of it, such as lockfiles, are not asked there. */
async function versionAt(commit: string, policy: Policy, { local }: Ports): Promise<string | null> {
  const [source] = policy.version.sources;
  const [declared] = source ? await declaredAt(source, [commit], local) : [];
  return declared?.reading.found.kind === "value" ? declared.reading.found.text : null;
}

import { resolveCommit } from "./git/objects.ts";
import { defaultBranch, findRef } from "./git/refs.ts";
import { ABSENT, swapRef } from "./git/writing.ts";
import { type Complaint, unprocessable } from "./problem.ts";
import type { Release } from "./records.ts";
import { violationOf, writeBurntTags } from "./tag-protection.ts";
import { nowIn, type World } from "./world.ts";

/** Publishes a draft: makes its tag if there is none, and burns the tag where releases are immutable. Changes the given release. */
export async function publish(world: World, release: Release, latest: "true" | "false" | "legacy"): Promise<void> {
  refuseTakenTag(world, release.tag, release.id);
  await ensureTag(world, release);
  release.draft = false;
  release.publishedAt = nowIn(world);
  if (latest === "true" && !release.prerelease) world.state.latestRelease = release.id;
  if (latest === "legacy") world.state.latestRelease = null;
  if (!world.state.immutableReleases) return;
  release.immutable = true;
  world.state.burntTags.push(release.tag);
  writeBurntTags(world.git.dir, world.state.burntTags);
}

/** Gives a published release another tag, which is made if there is none. */
export async function retag(world: World, release: Release): Promise<void> {
  refuseTakenTag(world, release.tag, release.id);
  await ensureTag(world, release);
}

/** Refuses a tag that another published release has, or that an immutable release once had. */
function refuseTakenTag({ state }: World, tag: string, releaseId: number): void {
  const at = { resource: "Release", field: "tag_name" };
  const taken = state.releases.some((one) => !one.draft && one.tag === tag && one.id !== releaseId);
  const burnt = { ...at, code: "custom", message: "tag_name was used by an immutable release" };
  const complaints = [
    ...(taken ? [{ ...at, code: "already_exists" }] : []),
    ...(state.burntTags.includes(tag) ? [burnt] : []),
  ];
  if (complaints.length > 0) throw unprocessable("Validation Failed", ...complaints);
}

/** What GitHub says of a release whose tag a rule forbids to make. */
function refusedTag(violation: string): Complaint[] {
  const message = `pre_receive ${violation}`;
  return [
    { resource: "Release", code: "custom", field: "pre_receive", message },
    { resource: "Release", code: "custom", message: "Published releases must have a valid tag" },
  ];
}

async function ensureTag(world: World, { tag, commitish }: Release): Promise<void> {
  const ref = `refs/tags/${tag}`;
  if (await findRef(world.git, ref)) return;
  const sha = await resolveCommit(world.git, commitish.replace(/^refs\/(heads|tags)\//, ""));
  if (!sha)
    throw unprocessable("Validation Failed", { resource: "Release", code: "invalid", field: "target_commitish" });
  const violation = violationOf(world.state, { ref, change: "creation", main: await defaultBranch(world.git) });
  if (violation !== undefined) throw unprocessable("Validation Failed", ...refusedTag(violation));
  if (!(await swapRef(world.git, ref, { from: ABSENT, to: sha }))) throw unprocessable("Reference already exists");
}

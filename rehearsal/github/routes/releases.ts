import * as z from "zod";
import { defaultBranch } from "../git/refs.ts";
import { page } from "../pages.ts";
import { notFound, type Problem, type Reply, unprocessable } from "../problem.ts";
import { publish, retag } from "../publishing.ts";
import type { Release } from "../records.ts";
import { releaseShape } from "../shapes/releases.ts";
import { type Call, nextId, nowIn, type Routes, type World } from "../world.ts";

const written = z.object({
  tag_name: z.string().optional(),
  target_commitish: z.string().optional(),
  name: z.string().optional(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(["true", "false", "legacy"]).default("true"),
});

/** Releases: drafted, published once, and unchangeable afterwards where the repository says so. */
export const releases: Routes = {
  "repos/list-releases": (call, world) => {
    const visible = world.state.releases.filter((one) => !one.draft || call.grant.permissions.contents === "write");
    return page(
      call,
      world,
      visible.reverse().map((one) => releaseShape(world, one)),
    );
  },
  "repos/create-release": createRelease,
  "repos/get-latest-release": (_call, world) => {
    const found = latestRelease(world);
    if (!found) throw notFound();
    return { code: 200, body: releaseShape(world, found) };
  },
  "repos/get-release-by-tag": ({ params }, world) => {
    const found = world.state.releases.find((one) => !one.draft && one.tag === params.tag);
    if (!found) throw notFound();
    return { code: 200, body: releaseShape(world, found) };
  },
  "repos/get-release": (call, world) => ({ code: 200, body: releaseShape(world, releaseOf(world, call)) }),
  "repos/update-release": updateRelease,
  "repos/delete-release": (call, world) => {
    const gone = releaseOf(world, call);
    world.state.releases = world.state.releases.filter((one) => one !== gone);
    world.state.assets = world.state.assets.filter((one) => one.releaseId !== gone.id);
    if (world.state.latestRelease === gone.id) world.state.latestRelease = null;
    return { code: 204 };
  },
  "repos/check-immutable-releases": (_call, { state }) => {
    if (!state.immutableReleases) throw notFound();
    return { code: 200, body: { enabled: true, enforced_by_owner: false } };
  },
};

async function createRelease({ body, grant }: Call, world: World): Promise<Reply> {
  const {
    tag_name: tag = "",
    target_commitish,
    name,
    body: notes,
    draft = false,
    prerelease = false,
    make_latest,
  } = written.parse(body);
  if ((await world.git.find(["check-ref-format", `refs/tags/${tag}`])) === undefined) {
    throw unprocessable("Validation Failed", {
      resource: "Release",
      code: "custom",
      field: "tag_name",
      message: "tag_name is not well-formed",
    });
  }
  const now = nowIn(world);
  const release: Release = {
    id: nextId(world.state),
    tag,
    commitish: target_commitish ?? (await defaultBranch(world.git)),
    name: name ?? null,
    body: notes ?? null,
    draft: true,
    prerelease,
    immutable: false,
    createdAt: now,
    publishedAt: null,
    updatedAt: now,
    author: grant.login,
  };
  if (!draft) await publish(world, release, make_latest);
  world.state.releases.push(release);
  return { code: 201, body: releaseShape(world, release) };
}

async function updateRelease(call: Call, world: World): Promise<Reply> {
  const release = releaseOf(world, call);
  const asked = written.parse(call.body);
  const changed = merged(release, asked, nowIn(world));
  const moves = changed.tag !== release.tag || changed.commitish !== release.commitish;
  if (release.immutable && (moves || asked.draft === true)) throw immutable();
  if (asked.draft === false && release.draft) await publish(world, changed, asked.make_latest);
  else if (moves && !changed.draft) await retag(world, changed);
  Object.assign(release, changed);
  return { code: 200, body: releaseShape(world, release) };
}

/** What was not sent stays as it is. Sending `draft: false` publishes, which is not decided here. */
function merged(release: Release, asked: z.infer<typeof written>, now: string): Release {
  return {
    ...release,
    tag: asked.tag_name ?? release.tag,
    commitish: asked.target_commitish ?? release.commitish,
    name: asked.name ?? release.name,
    body: asked.body ?? release.body,
    prerelease: asked.prerelease ?? release.prerelease,
    draft: asked.draft === true ? true : release.draft,
    updatedAt: now,
  };
}

function immutable(): Problem {
  const message = "Cannot change the tag of an immutable release";
  return unprocessable("Validation Failed", { resource: "Release", code: "custom", field: "tag_name", message });
}

function latestRelease({ state }: World): Release | undefined {
  const candidates = state.releases.filter((one) => !one.draft && !one.prerelease);
  const newest = [...candidates]
    .sort((a, b) => (a.publishedAt ?? "").localeCompare(b.publishedAt ?? "") || a.id - b.id)
    .at(-1);
  return candidates.find((one) => one.id === state.latestRelease) ?? newest;
}

/** Finds the release a path names. Drafts are there for writers only. */
export function releaseOf(world: World, { params, grant }: Call): Release {
  const found = world.state.releases.find((one) => String(one.id) === params.release_id);
  if (!found || (found.draft && grant.permissions.contents !== "write")) throw notFound();
  return found;
}

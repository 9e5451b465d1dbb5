import * as z from "zod";
import { defaultBranch } from "../git/refs.ts";
import { page } from "../pages.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import { publish, refuseTakenTag } from "../publishing.ts";
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
  const { tag_name, target_commitish, name, body, draft, prerelease, make_latest } = written.parse(call.body);
  const moves =
    (tag_name ?? release.tag) !== release.tag || (target_commitish ?? release.commitish) !== release.commitish;
  if (release.immutable && (moves || draft === true)) {
    throw unprocessable("Validation Failed", {
      resource: "Release",
      code: "custom",
      field: "tag_name",
      message: "Cannot change the tag of an immutable release",
    });
  }
  if (moves && !release.draft) refuseTakenTag(world, tag_name ?? release.tag, release.id);
  const changed: Release = {
    ...release,
    tag: tag_name ?? release.tag,
    commitish: target_commitish ?? release.commitish,
    name: name ?? release.name,
    body: body ?? release.body,
    prerelease: prerelease ?? release.prerelease,
    draft: draft === true ? true : release.draft,
    updatedAt: nowIn(world),
  };
  if (draft === false && release.draft) await publish(world, changed, make_latest);
  Object.assign(release, changed);
  return { code: 200, body: releaseShape(world, release) };
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

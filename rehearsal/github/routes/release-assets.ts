import { createHash } from "node:crypto";
import * as z from "zod";
import { page } from "../pages.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import type { Asset, Release } from "../records.ts";
import { assetShape, releaseShape } from "../shapes/releases.ts";
import { type Call, nextId, nowIn, type Routes, type World } from "../world.ts";
import { releaseOf } from "./releases.ts";

const rename = z.object({ name: z.string().optional(), label: z.string().optional() });

/** Release assets with their bytes; the digest is computed here from what arrived. */
export const releaseAssets: Routes = {
  "repos/list-release-assets": (call, world) => page(call, world, releaseShape(world, releaseOf(world, call)).assets),
  "repos/upload-release-asset": uploadAsset,
  "repos/get-release-asset": ({ params, headers }, world) => {
    const asset = assetOf(world, params.asset_id);
    if (!(headers.accept ?? "").includes("application/octet-stream")) return { code: 200, body: shown(world, asset) };
    return download(asset);
  },
  "repos/update-release-asset": ({ params, body }, world) => {
    const asset = assetOf(world, params.asset_id);
    refuseIfImmutable(world, asset.releaseId);
    const { name, label } = rename.parse(body);
    if (name !== undefined && name !== asset.name) refuseTakenName(world, asset.releaseId, name);
    asset.name = name ?? asset.name;
    asset.label = label ?? asset.label;
    asset.updatedAt = nowIn(world);
    return { code: 200, body: shown(world, asset) };
  },
  "repos/delete-release-asset": ({ params }, world) => {
    const gone = assetOf(world, params.asset_id);
    refuseIfImmutable(world, gone.releaseId);
    world.state.assets = world.state.assets.filter((one) => one !== gone);
    return { code: 204 };
  },
};

function uploadAsset(call: Call, world: World): Reply {
  const release = releaseOf(world, call);
  // GitHub keeps letters, digits and a few marks of a file's name and puts a dot for the rest.
  const name = (call.query.name ?? "").replace(/\.?[^\w.+@~-]+\.?/g, ".");
  if (name === "")
    throw unprocessable("Validation Failed", { resource: "ReleaseAsset", code: "missing_field", field: "name" });
  refuseIfImmutable(world, release.id);
  refuseTakenName(world, release.id, name);
  if (call.bytes.length === 0)
    throw unprocessable("Validation Failed", {
      resource: "ReleaseAsset",
      code: "custom",
      field: "size",
      message: "size is too small (minimum: 1)",
    });
  const now = nowIn(world);
  const asset: Asset = {
    id: nextId(world.state),
    releaseId: release.id,
    name,
    label: call.query.label ?? null,
    contentType: call.headers["content-type"] ?? "application/octet-stream",
    size: call.bytes.length,
    digest: `sha256:${createHash("sha256").update(call.bytes).digest("hex")}`,
    base64: call.bytes.toString("base64"),
    downloads: 0,
    createdAt: now,
    updatedAt: now,
    uploader: call.grant.login,
  };
  world.state.assets.push(asset);
  return { code: 201, body: shown(world, asset) };
}

/** Answers with an asset's bytes. */
export function download(asset: Asset): Reply {
  const name = encodeURIComponent(asset.name);
  const headers = { "content-type": "application/octet-stream", "content-disposition": `attachment; filename=${name}` };
  return { code: 200, bytes: Buffer.from(asset.base64, "base64"), headers };
}

function refuseTakenName({ state }: World, releaseId: number, name: string): void {
  const taken = state.assets.some((one) => one.releaseId === releaseId && one.name === name);
  if (taken)
    throw unprocessable("Validation Failed", { resource: "ReleaseAsset", code: "already_exists", field: "name" });
}

function refuseIfImmutable(world: World, releaseId: number): void {
  if (!owner(world, releaseId).immutable) return;
  throw unprocessable("Validation Failed", {
    resource: "ReleaseAsset",
    code: "custom",
    field: "release_id",
    message: "Cannot change the assets of an immutable release",
  });
}

function shown(world: World, asset: Asset) {
  const release = owner(world, asset.releaseId);
  return assetShape(world.place, asset, release.draft ? `untagged-${release.id}` : release.tag);
}

function owner({ state }: World, releaseId: number): Release {
  const found = state.releases.find((one) => one.id === releaseId);
  if (!found) throw notFound();
  return found;
}

function assetOf({ state }: World, id: string | undefined): Asset {
  const found = state.assets.find((one) => String(one.id) === id);
  if (!found) throw notFound();
  return found;
}

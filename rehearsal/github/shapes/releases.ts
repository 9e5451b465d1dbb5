import type { Asset, Release } from "../records.ts";
import { apiPath, htmlPath, nodeId, type Place, type World } from "../world.ts";
import { userShape } from "./user.ts";

/** Shows a release with its assets. A draft's page is under an "untagged" address, as on GitHub. */
export function releaseShape(world: World, release: Release) {
  const { place, state } = world;
  const url = apiPath(place, `/releases/${release.id}`);
  const page = release.draft ? `untagged-${release.id}` : release.tag;
  return {
    url,
    html_url: htmlPath(place, `/releases/tag/${page}`),
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    tarball_url: release.draft ? null : apiPath(place, `/tarball/${release.tag}`),
    zipball_url: release.draft ? null : apiPath(place, `/zipball/${release.tag}`),
    id: release.id,
    node_id: nodeId("Release", release.id),
    tag_name: release.tag,
    target_commitish: release.commitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    updated_at: release.updatedAt,
    author: userShape(place, release.author),
    assets: state.assets.filter((one) => one.releaseId === release.id).map((one) => assetShape(place, one, page)),
  };
}

/** Shows an asset. It is downloaded from the loopback address, since not every client resolves `*.localhost`. */
export function assetShape(place: Place, asset: Asset, tag: string) {
  const { id, name, label, size, digest } = asset;
  return {
    url: apiPath(place, `/releases/assets/${id}`),
    browser_download_url: `${place.apiUrl}${downloadPath(place, tag, name)}`,
    id,
    node_id: nodeId("ReleaseAsset", id),
    name,
    label,
    state: "uploaded",
    content_type: asset.contentType,
    size,
    digest,
    download_count: asset.downloads,
    created_at: asset.createdAt,
    updated_at: asset.updatedAt,
    uploader: userShape(place, asset.uploader),
  };
}

/** Gives the path under which anyone may download an asset of a published release. */
export function downloadPath(place: Place, tag: string, name: string): string {
  return `/${place.owner}/${place.name}/releases/download/${encodeURIComponent(tag)}/${encodeURIComponent(name)}`;
}

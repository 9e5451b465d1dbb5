import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { FoundFile } from "#src/ports/built-files";
import { aRelease } from "#src/testing/builders";
import { tarOf } from "#src/testing/tarball";
import { openImages } from "./image.ts";

const policy = {
  release: { ...aRelease(), tag: "v1.1.0", version: "1.1.0" },
  packages: ["octo/tide"],
  programs: [],
  tree: [],
  image: "octo/tide",
};
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
type Layout = Record<string, Uint8Array>;

/** Lays out an image for each platform, under one index of its own where there are several, or in `index.json` itself. */
function layoutOf(platforms: string[], { nested = true, listed = platforms } = {}): Layout {
  const blobs: Layout = {};
  const keep = (value: unknown) => {
    const content = bytes(value);
    const digest = digestOfBytes(content);
    blobs[`blobs/${digest.replace(":", "/")}`] = content;
    return { digest, size: content.byteLength };
  };
  const layer = keep("a layer");
  const images = platforms.map((one, at) => {
    const [os, architecture] = one.split("/");
    const [listedOs, listedArchitecture] = (listed[at] ?? "").split("/");
    const manifest = keep({ schemaVersion: 2, config: keep({ os, architecture }), layers: [layer] });
    return { ...manifest, platform: { os: listedOs, architecture: listedArchitecture } };
  });
  const manifests = images.length > 1 && nested ? [keep({ schemaVersion: 2, manifests: images })] : images;
  return { ...blobs, "oci-layout": bytes({ imageLayoutVersion: "1.0.0" }), "index.json": bytes({ manifests }) };
}

const foundIn = (folder: string, layout: Layout): FoundFile[] =>
  Object.entries(layout).map(([path, content]) => ({
    path: `${folder}/${path}`,
    regular: true,
    mode: "644",
    bytes: content,
  }));
const tarred = (layout: Layout): FoundFile[] => {
  const files = Object.entries(layout).map(([path, content]) => ({ path: `./${path}`, content }));
  return [{ path: "out/tide.tar", regular: true, mode: "644", bytes: tarOf(files) }];
};
const both = ["linux/amd64", "linux/arm64"];
const open = (layout: Layout, overrides: Partial<typeof policy> = {}) =>
  openImages(foundIn("out/layout", layout), { ...policy, ...overrides });
const codeOf = (layout: Layout) => decidingCode(open(layout).flatMap(({ checks }) => checks));
const blobWith = (layout: Layout, text: string) =>
  Object.keys(layout).find(
    (path) => path.startsWith("blobs/") && new TextDecoder().decode(layout[path]).includes(text),
  ) ?? "";

describe("an image as an OCI layout", () => {
  it("PUB-30: is one entry for each platform and one for the index, by the registry's own digests", () => {
    const layout = layoutOf(both);
    const images = open(layout);
    expect(images.map(({ entry }) => [entry.name, entry.platform])).toEqual([
      ["octo/tide", null],
      ["octo/tide", "linux/amd64"],
      ["octo/tide", "linux/arm64"],
    ]);
    for (const { entry } of images) expect(entry.registry).toBe(digestOfBytes(entry.bytes));
    expect(conclude(images.flatMap(({ checks }) => checks)).result).toBe("pass");
  });

  it("travels whole under images/, by the name of its folder", () => {
    const layout = layoutOf(["linux/amd64"]);
    const [image] = open(layout);
    expect(image?.travels.map(({ name }) => name).sort()).toEqual(
      Object.keys(layout)
        .map((path) => `images/layout/${path}`)
        .sort(),
    );
    expect(image?.entry.platform).toBe("linux/amd64");
  });

  it("is the same in a tar, which travels as it is", () => {
    const layout = layoutOf(both);
    const images = openImages(tarred(layout), policy);
    expect(images.map(({ entry }) => entry.registry)).toEqual(open(layout).map(({ entry }) => entry.registry));
    expect(images[0]?.travels.map(({ name }) => name)).toEqual(["images/tide.tar"]);
  });

  it("is the index that index.json itself is, where that names several platforms", () => {
    const layout = layoutOf(both, { nested: false });
    expect(open(layout)[0]?.entry.bytes).toEqual(layout["index.json"]);
  });

  it.each<[string, (layout: Layout) => Layout]>([
    ["is no layout", (layout) => ({ ...layout, "oci-layout": bytes({}) })],
    ["has no index.json", ({ "index.json": _index, ...layout }) => layout],
    ["names nothing in index.json", (layout) => ({ ...layout, "index.json": bytes({ manifests: [] }) })],
    ["lacks a layer", (layout) => ({ ...layout, [blobWith(layout, "a layer")]: bytes("another") })],
    [
      "has another manifest than its digest says",
      (layout) => ({ ...layout, [blobWith(layout, '"layers"')]: bytes({}) }),
    ],
    ["has a configuration without platform", () => layoutOf(["linux/amd64", "unknown/unknown"], { listed: both })],
    [
      "lists a platform that its configuration denies",
      () => layoutOf(both, { listed: ["linux/amd64", "linux/s390x"] }),
    ],
    ["has one platform twice", () => layoutOf([both[0] ?? "", both[0] ?? ""])],
  ])("BLD-08 F32: is refused when it %s", (_what, change) => {
    expect(codeOf(change(layoutOf(both)))).toBe("build.archive-broken");
  });

  it("BLD-08: is refused when its tar does not open", () => {
    const [image] = openImages([{ path: "out/a.tar", regular: true, mode: "644", bytes: bytes("x") }], policy);
    expect(image?.checks).toMatchObject([{ code: "build.archive-broken" }]);
  });

  it("BLD-03: is refused under another name than a channel's", () => {
    const [image] = open(layoutOf(both), { image: "octo/tides" });
    expect(decidingCode(image?.checks ?? [])).toBe("build.version-mismatch");
  });

  it("is inconclusive where no channel names an image", () => {
    const [image] = open(layoutOf(both), { packages: [] });
    expect(decidingCode(image?.checks ?? [])).toBe("publish.no-channel");
  });
});

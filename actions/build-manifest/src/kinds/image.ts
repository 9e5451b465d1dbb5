import { posix } from "node:path";
import { readTar } from "#src/domain/archive/tar";
import { imagesFolder } from "#src/domain/build-manifest";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { FoundFile } from "#src/ports/built-files";
import { archiveQuestion, judgeNamed, type OpenedFile, type OpeningPolicy } from "../opening.ts";
import { type LayoutFiles, type LayoutManifest, readLayout } from "./image-layout.ts";

const what = "an image";

/** One layout among the built files: a tar of its own, or all files of a folder. */
interface Layout {
  place: string;
  files: () => LayoutFiles;
  found: FoundFile[];
}

/**
 * Opens an image that was built as an OCI layout, a folder or a tar of one: an entry for each platform's manifest, and one
 * for the index over them. The layout travels with the record, to be pushed as it is.
 */
export function openImages(found: FoundFile[], policy: OpeningPolicy): OpenedFile[] {
  return layoutsIn(found).flatMap((layout) => {
    try {
      return opened(layout, readLayout(layout.files()), policy);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      return [broken(layout, policy, thrown.message)];
    }
  });
}

function layoutsIn(found: FoundFile[]): Layout[] {
  const roots = found.flatMap(({ path }) => (posix.basename(path) === "oci-layout" ? [posix.dirname(path)] : []));
  const inside = (root: string, path: string) => (root === "." ? path : path.slice(root.length + 1));
  const folders = roots.map((root) => {
    const own = found.filter(({ path }) => root === "." || path.startsWith(`${root}/`));
    const files = () => new Map(own.map(({ path, bytes }) => [inside(root, path), bytes]));
    return { place: root, files, found: own };
  });
  const rest = found.filter((file) => !folders.some((folder) => folder.found.includes(file)));
  return [
    ...folders,
    ...rest.map((file) => ({ place: file.path, files: () => filesOfTar(file.bytes), found: [file] })),
  ];
}

function filesOfTar(bytes: Uint8Array): LayoutFiles {
  const entries = readTar(bytes).filter(({ regular }) => regular);
  return new Map(entries.map(({ path, content }) => [path.replace(/^(\.\/)+/, ""), content]));
}

function opened(layout: Layout, manifests: LayoutManifest[], policy: OpeningPolicy): OpenedFile[] {
  const doubled = manifests.find(({ platform }, at) => manifests.findIndex((one) => one.platform === platform) !== at);
  if (doubled) throw new RangeError(`expected one manifest for ${doubled.platform}, found several`);
  const told = manifests.map(({ platform, digest }) => `${platform ?? "index"} ${digest}`).join(", ");
  const checks = [archiveQuestion(layout.place, what).pass(told), judgeImageName(layout.place, policy)];
  return manifests.map(({ platform, digest, bytes }, at) => ({
    entry: { name: policy.image, kind: "image", package: null, platform, mode: "644", registry: digest, bytes },
    travels: at === 0 ? travelling(layout) : [],
    checks: at === 0 ? checks : [],
  }));
}

/** A folder keeps its own name, so that what is pushed is found where it was built. */
function travelling({ place, found }: Layout): OpenedFile["travels"] {
  const parent = posix.dirname(place) === "." ? "" : `${posix.dirname(place)}/`;
  return found.map(({ path, bytes }) => ({ name: `${imagesFolder}/${path.slice(parent.length)}`, content: bytes }));
}

function judgeImageName(place: string, { image, packages }: OpeningPolicy): Check {
  const ask = question(`identity:${place}`, `${place} is the image that users pull`);
  return judgeNamed(ask, { found: image, wanted: packages, channel: "oci" });
}

function broken({ place, found }: Layout, { image }: OpeningPolicy, because: string): OpenedFile {
  const bytes = found[0]?.bytes ?? new Uint8Array();
  return {
    entry: { name: image || place, kind: "image", package: null, platform: null, mode: "644", registry: null, bytes },
    travels: [],
    checks: [archiveQuestion(place, what).fail("build.archive-broken", because)],
  };
}

import { readTar } from "#src/domain/archive/tar";
import { filesFolder, imagesFolder } from "#src/domain/build-manifest";
import { digestOfBytes } from "#src/domain/digest";
import { imageParts } from "#src/domain/image-archives";
import type { Ledger } from "#src/domain/ledger";
import type { BuiltArchives } from "./install.ts";

/** Finds what was built in the records of build-manifest, whatever their legs: a file as it is, an image by its parts. */
export function builtArchives({ admitted }: Ledger): BuiltArchives {
  const builds = admitted.filter(({ record }) => record.stage === "build-manifest");
  const attached = new Map(builds.flatMap(({ attachments }) => [...attachments]));
  let content: Map<string, Uint8Array> | undefined;
  return ({ name, kind, registry }) => {
    if (kind === "image") {
      content ??= contentOf(attached);
      return registry === null ? [] : imageParts(registry, (digest) => content?.get(digest));
    }
    const bytes = attached.get(`${filesFolder}/${name}`);
    return bytes ? [{ name, bytes }] : [];
  };
}

/** Every file of every layout, by its digest. */
function contentOf(attached: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const ofImages = [...attached].filter(([path]) => path.startsWith(`${imagesFolder}/`));
  const files = ofImages.flatMap(([path, bytes]) => (path.endsWith(".tar") ? filesOfTar(bytes) : [bytes]));
  return new Map(files.map((bytes) => [digestOfBytes(bytes), bytes]));
}

function filesOfTar(bytes: Uint8Array): Uint8Array[] {
  return readTar(bytes).flatMap(({ regular, content }) => (regular ? [content] : []));
}

import { readArchive } from "#src/domain/archive/read-archive";
import { readTar } from "#src/domain/archive/tar";
import { filesFolder, imagesFolder, modulesFolder } from "#src/domain/build-manifest";
import { digestOfBytes } from "#src/domain/digest";
import { goDirhash } from "#src/domain/go-dirhash";
import { imageParts } from "#src/domain/image-archives";
import type { Ledger } from "#src/domain/ledger";
import type { PackageArchive } from "#src/ports/package-install";
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
    if (bytes) return [{ name, bytes }];
    return kind === "go-module" ? packedModule(name, attached.get(`${modulesFolder}/${name}.zip`)) : [];
  };
}

/** A module's zip goes by the digest that Go takes of what is in it. */
function packedModule(name: string, zip: Uint8Array | undefined): PackageArchive[] {
  if (!zip) return [];
  const content = new Map(readArchive(zip).map((entry) => [entry.path, entry.content]));
  return [{ name: `${name}.zip`, bytes: zip, registry: goDirhash(content).h1 }];
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

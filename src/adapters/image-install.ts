import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { succeeded, troubleOf, unexpected } from "#src/adapters/client-trouble";
import { downloadImage } from "#src/adapters/image-download";
import { layOver } from "#src/adapters/image-layers";
import { digestOfBytes } from "#src/domain/digest";
import { type Descriptor, platformOf, readDocument } from "#src/domain/image-documents";
import { parseJson } from "#src/domain/parse-json";
import type { Clock } from "#src/ports/clock";
import type { ClientTrouble, InstalledPackage, PackageArchive, PackageInstall } from "#src/ports/package-install";
import type { Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

/** Folder of the workspace's directory in which the image's files lie. */
const folder = "rootfs";

/** Folders that images keep their programs in. */
const programFolders = ["usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin"];

const configuration = z.looseObject({
  config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});
const versionLabel = "org.opencontainers.image.version";

/** The platform whose images run here; containers run on Linux, whatever the machine itself is. */
const platform = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;

/**
 * Unpacks the image of this machine's platform, layer upon layer, without any engine; nothing of it is run. A version that
 * the image's own label tells counts, and the tag's where it has none.
 */
export function imageInstall(
  { shell, clock }: { shell: Shell; clock: Clock },
  source: Record<string, string | undefined> = process.env,
): PackageInstall {
  return {
    download: (wanted) => downloadImage(wanted, { shell, clock, source, platform }),
    async install(archives, wanted, into) {
      const parts = new Map(archives.map(({ name, bytes }) => [name, bytes]));
      const altered = archives.find(({ name, bytes }) => digestOfBytes(bytes) !== name);
      if (altered) return unexpected(`expected content that digests to ${altered.name}, found other`);
      const image = imageFor(archives, parts);
      if (!image) return unexpected(`expected an image for ${platform}, found none`);
      await rm(join(into.directory, folder), { recursive: true, force: true });
      await mkdir(join(into.directory, folder));
      for (const { digest } of image.layers) {
        const trouble = await unpack(parts.get(digest), into, shell);
        if (trouble) return trouble;
      }
      return installed(wanted, image.version);
    },
  };
}

function imageFor(archives: PackageArchive[], parts: Map<string, Uint8Array>) {
  for (const { bytes } of archives) {
    const document = readDocument({ bytes });
    const config = document?.kind === "image" ? parts.get(document.config.digest) : undefined;
    if (document?.kind !== "image" || !config || platformOf({ bytes: config }) !== platform) continue;
    const layers: Descriptor[] = document.parts.slice(1);
    const { data } = configuration.safeParse(parseJson(config));
    return { layers, version: data?.config?.Labels?.[versionLabel] };
  }
  return undefined;
}

function installed({ name, version }: { name: string; version: string }, label: string | undefined): InstalledPackage {
  const path = programFolders.map((each) => `${folder}/${each}`);
  return { name, version: label ?? version, resolved: folder, within: [folder], programs: [], path, variables: {} };
}

/** A layer goes into a folder of its own, in which no link of another one lies; what it may not read is made readable. */
const unpackLine = `tar -tf "$LAYER" > "$NAMES"
tar -xf "$LAYER" -C "$UNPACKED" --no-same-owner --exclude './dev/*' --exclude 'dev/*' --exclude '/dev/*'
chmod -R u+rwX "$UNPACKED"`;

async function unpack(
  bytes: Uint8Array | undefined,
  into: Workspace,
  shell: Shell,
): Promise<ClientTrouble | undefined> {
  if (!bytes) return unexpected("expected every layer of the image, found one missing");
  const { root } = into;
  const places = { LAYER: join(root, "layer.tar"), NAMES: join(root, "layer.txt"), UNPACKED: join(root, "layer") };
  await writeFile(places.LAYER, bytes);
  await mkdir(places.UNPACKED);
  try {
    const environment = { ...into.environment, ...places };
    const execution = await shell.run({ line: unpackLine, directory: root, environment, timeout: 300_000 });
    if (!succeeded(execution)) return troubleOf(execution);
    const named = foldersIn(await readFile(places.NAMES, "utf8"));
    await layOver({ layer: places.UNPACKED, named, rootfs: join(into.directory, folder) });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return unexpected(error.message);
    throw error;
  } finally {
    for (const place of Object.values(places)) await rm(place, { recursive: true, force: true });
  }
}

function foldersIn(names: string): Set<string> {
  const folders = names.split("\n").filter((name) => name.endsWith("/"));
  return new Set(folders.map((name) => name.replace(/^(\.?\/)+/, "").replace(/\/$/, "")));
}

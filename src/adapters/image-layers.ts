import type { Dirent } from "node:fs";
import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { join, posix } from "node:path";
import { codeOf, whereAbsent } from "#src/adapters/error-code";

/** One unpacked layer, and what the layers below it have become. */
export interface LayerPlace {
  /** Folder with the layer alone. */
  layer: string;
  /** Folders that the layer names itself, without a slash at their end; others only have something of it in them. */
  named: ReadonlySet<string>;
  rootfs: string;
}

const mark = ".wh.";
const opaque = ".wh..wh..opq";
const mostLinks = 40;

/**
 * Lays a layer over the lower ones, as containers see them: what it hides goes first, and links of lower layers lead where they
 * would lead inside of the image, never out of it (https://github.com/opencontainers/image-spec/blob/main/layer.md). Throws `RangeError` for
 * a layer that takes away what it cannot.
 */
export async function layOver(place: LayerPlace, path = ""): Promise<void> {
  const to = await within(place.rootfs, path);
  const entries = await readdir(join(place.layer, path), { withFileTypes: true });
  await hide(
    join(place.rootfs, to),
    entries.map(({ name }) => name),
  );
  for (const entry of entries.filter(({ name }) => !name.startsWith(mark))) {
    await lay(entry, { ...place, path: posix.join(path, entry.name), to: posix.join(to, entry.name) });
  }
}

async function hide(folder: string, names: string[]): Promise<void> {
  const hidden = names.filter((name) => name.startsWith(mark) && !name.startsWith(mark + mark));
  const wrong = hidden.find((name) => ["", ".", ".."].includes(name.slice(mark.length)));
  if (wrong !== undefined)
    throw new RangeError(`expected \`${mark}\` and the name of a file in a layer, found ${wrong}`);
  const emptied = names.includes(opaque) ? await readdir(folder).catch(whereAbsent([])) : [];
  const gone = [...emptied, ...hidden.map((name) => name.slice(mark.length))];
  for (const name of gone) await rm(join(folder, name), { recursive: true, force: true });
}

async function lay(entry: Dirent, place: LayerPlace & { path: string; to: string }): Promise<void> {
  const { layer, rootfs, named, path, to } = place;
  const [source, target] = [join(layer, path), join(rootfs, to)];
  if (entry.isDirectory()) {
    await makeFolder(target, { source, replaces: named.has(path) });
    return layOver(place, path);
  }
  await rm(target, { recursive: true, force: true });
  const lead = entry.isSymbolicLink() ? inward(posix.dirname(to), await readlink(source)) : undefined;
  return lead === undefined ? rename(source, target) : symlink(lead, target);
}

/** A folder that the layer names takes the place of a link; one that it only writes into is found through it. */
async function makeFolder(target: string, { source, replaces }: { source: string; replaces: boolean }): Promise<void> {
  const found = await lstat(target).catch(whereAbsent(undefined));
  if (found?.isSymbolicLink() && !replaces) return;
  if (!found?.isDirectory()) await rm(target, { force: true });
  await mkdir(target, { recursive: true });
  await chmod(target, (await lstat(source)).mode);
}

/** Turns a link that counts from the image's root, or climbs above it, into one that stays inside; undefined for any other. */
function inward(folder: string, lead: string): string | undefined {
  if (!lead.startsWith("/") && !posix.join(folder, lead).startsWith("..")) return undefined;
  return posix.relative(posix.resolve("/", folder), posix.resolve("/", folder, lead)) || ".";
}

/** Finds where a folder of the image really lies in it, by following every link as from the image's own root; it is made where it is missing. */
async function within(rootfs: string, path: string): Promise<string> {
  const found: string[] = [];
  const rest = partsOf(path);
  for (let [name, links] = [rest.shift(), 0]; name !== undefined; name = rest.shift()) {
    if (name === "..") {
      found.pop();
      continue;
    }
    const lead = await leadOf(join(rootfs, ...found, name));
    if (lead === undefined) found.push(name);
    else rest.unshift(...partsOf(lead));
    if (lead?.startsWith("/")) found.length = 0;
    links += lead === undefined ? 0 : 1;
    if (links > mostLinks) throw new RangeError(`expected ${path} to lead to a folder, found links round and round`);
  }
  await mkdir(join(rootfs, ...found), { recursive: true });
  return found.join("/");
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

async function leadOf(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if (["EINVAL", "ENOENT"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

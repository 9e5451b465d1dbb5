import { posix } from "node:path";
import { type GitCall, runGit } from "#src/adapters/git-command";
import { Failure } from "#src/domain/failure";
import type { HeldFile } from "#src/ports/project-files";

type Place = Pick<GitCall, "directory" | "variables">;
type Held = { id: string; type: string; bytes: Buffer } | undefined;

const absent: HeldFile = { kind: "absent" };

/**
 * Reads many files of many commits with at most three runs of git, however many there are: one for the objects, one that
 * tells files from symbolic links, and where some are missing, one that tells a commit without the file from a commit out
 * of reach. Throws `plan.history-unreadable`.
 */
export async function readManyAt(place: Place, wanted: { path: string; commit: string }[]): Promise<HeldFile[]> {
  const names = wanted.map(({ path, commit }) => `${commit}:${posix.normalize(path)}`);
  const objects = await readObjects(place, names);
  const links = await linksAmong(place, names, objects);
  const doubtful = [...new Set(wanted.filter((_, index) => objects[index] === undefined).map(({ commit }) => commit))];
  const commits = await readObjects(
    place,
    doubtful.map((commit) => `${commit}^{commit}`),
  );
  const gone = new Set(doubtful.filter((_, index) => commits[index] === undefined));
  return wanted.map(({ commit }, index) => {
    const object = objects[index];
    if (object === undefined) return gone.has(commit) ? { kind: "out-of-reach" } : absent;
    return object.type === "blob" && !links.has(names[index])
      ? { kind: "text", text: object.bytes.toString("utf8") }
      : absent;
  });
}

/** A link is stored as a blob that holds its target's path: only where git follows links, another object answers to its name. */
async function linksAmong(place: Place, names: string[], objects: Held[]): Promise<Set<string | undefined>> {
  const blobs = new Map(
    names.flatMap((name, index) => (objects[index]?.type === "blob" ? [[name, objects[index].id]] : [])),
  );
  if (blobs.size === 0) return new Set();
  const followed = splitFollowed(await ask(place, ["--batch-check", "--follow-symlinks"], [...blobs.keys()]));
  return new Set([...blobs].filter(([, id]) => followed.next().value !== id).map(([name]) => name));
}

/** Asks for objects by name, one a line; a name that holds a line's end names nothing. */
async function readObjects(place: Place, names: string[]): Promise<Held[]> {
  const askable = names.filter((name) => !name.includes("\n"));
  if (askable.length === 0) return names.map(() => undefined);
  const held = splitBatch(await ask(place, ["--batch"], askable));
  return names.map((name) => (name.includes("\n") ? undefined : held.next().value));
}

async function ask(place: Place, options: string[], names: string[]): Promise<Buffer> {
  const answer = await runGit({
    ...place,
    args: ["cat-file", ...options],
    input: `${names.join("\n")}\n`,
    timeout: 600_000,
  });
  if (!answer.ok) {
    throw new Failure({
      kind: "input",
      code: answer.missing ? "all.tool-missing" : "plan.history-unreadable",
      message: `expected git to read ${names.length} objects, found: ${answer.because}`,
      hint: "Check the repository out before this step, with `fetch-depth: 0`.",
    });
  }
  return answer.output;
}

/** Each answer is a header of id, type and size, then the bytes and a line's end; or the name and a word such as `missing`. */
function* splitBatch(output: Buffer): Generator<Held, undefined> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [, id, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(output.toString("utf8", at, end)) ?? [];
    at = end + 1;
    if (id === undefined || type === undefined) yield undefined;
    else {
      yield { id, type, bytes: output.subarray(at, at + Number(size)) };
      at += Number(size) + 1;
    }
  }
}

/** Each answer is a header; that of a link without an end inside the tree has a word and a size, and its text follows. */
function* splitFollowed(output: Buffer): Generator<string | undefined, undefined> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const header = output.toString("utf8", at, end);
    yield /^([0-9a-f]{40,64}) blob \d+$/.exec(header)?.[1];
    const [, size] = /^(?:symlink|dangling|loop|notdir) (\d+)$/.exec(header) ?? [];
    at = end + 1 + (size === undefined ? 0 : Number(size) + 1);
  }
}

import { posix } from "node:path";
import { type GitCall, runGit } from "#src/adapters/git-command";
import { Failure } from "#src/domain/failure";
import type { HeldFile } from "#src/ports/project-files";

type Place = Pick<GitCall, "directory" | "variables">;
type Held = { type: string; bytes: Buffer } | undefined;

const absent: HeldFile = { kind: "absent" };

/**
 * Reads many files of many commits with two runs of git, however many there are: one for the files and, where some are
 * missing, one that tells a commit without the file from a commit out of reach. Throws `plan.history-unreadable`.
 */
export async function readManyAt(place: Place, wanted: { path: string; commit: string }[]): Promise<HeldFile[]> {
  const objects = await readObjects(
    place,
    wanted.map(({ path, commit }) => `${commit}:${posix.normalize(path)}`),
  );
  const doubtful = [...new Set(wanted.filter((_, index) => objects[index] === undefined).map(({ commit }) => commit))];
  const commits = await readObjects(
    place,
    doubtful.map((commit) => `${commit}^{commit}`),
  );
  const gone = new Set(doubtful.filter((_, index) => commits[index] === undefined));
  return wanted.map(({ commit }, index) => {
    const object = objects[index];
    if (object === undefined) return gone.has(commit) ? { kind: "out-of-reach" } : absent;
    return object.type === "blob" ? { kind: "text", text: object.bytes.toString("utf8") } : absent;
  });
}

/** Asks for objects by name, one a line; a name that holds a line's end names nothing. */
async function readObjects(place: Place, names: string[]): Promise<Held[]> {
  const askable = names.filter((name) => !name.includes("\n"));
  if (askable.length === 0) return names.map(() => undefined);
  const answer = await runGit({
    ...place,
    args: ["cat-file", "--batch"],
    input: `${askable.join("\n")}\n`,
    timeout: 600_000,
  });
  if (!answer.ok) {
    throw new Failure({
      kind: "input",
      code: answer.missing ? "all.tool-missing" : "plan.history-unreadable",
      message: `expected git to read files of ${askable.length} commits, found: ${answer.because}`,
      hint: "Check the repository out before this step, with `fetch-depth: 0`.",
    });
  }
  const held = splitBatch(answer.output);
  return names.map((name) => (name.includes("\n") ? undefined : held.next().value));
}

/** Each answer is a header of id, type and size, then the bytes and a line's end; or the name and a word such as `missing`. */
function* splitBatch(output: Buffer): Generator<Held, undefined> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [, type, size] = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(output.toString("utf8", at, end)) ?? [];
    at = end + 1;
    if (type === undefined) yield undefined;
    else {
      yield { type, bytes: output.subarray(at, at + Number(size)) };
      at += Number(size) + 1;
    }
  }
}

import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "#src/domain/failure";
import { anyGlob } from "#src/domain/glob";

const magic = /[*?[\]{}()!+@]/;

/**
 * Lists what a path or glob names inside a folder, sorted, with forward slashes and without folders. Names that begin with
 * a dot are like all others, but for the repository's own `.git`; links are listed and never followed. Throws
 * `all.input-invalid` for a pattern that leaves the folder.
 */
export async function pathsMatching(folder: string, pattern: string): Promise<string[]> {
  const steps = stepsOf(pattern);
  const plain = steps.findIndex((step) => magic.test(step));
  const start = plain === -1 ? steps : steps.slice(0, plain);
  const stop = await firstNoFolder(folder, start);
  if (stop) return stop.kind === "absent" || (stop.kind === "file" && stop.path !== steps.join("/")) ? [] : [stop.path];

  const found: string[] = [];
  const deepest = /\*\*|[{(]/.test(pattern) ? Number.POSITIVE_INFINITY : steps.length;
  for await (const path of entriesUnder(folder, start, deepest)) found.push(path);
  return found.filter(anyGlob([steps.join("/")])).sort();
}

function stepsOf(pattern: string): string[] {
  const slashed = pattern.replaceAll("\\", "/");
  const steps = slashed.split("/").filter((step) => step !== "" && step !== ".");
  if (!/^([a-z]:|\/)/i.test(slashed) && !steps.includes("..")) return steps;
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected a path or glob inside the checkout, found ${pattern}`,
    hint: "Name files relative to the checkout, without `..`.",
  });
}

/** Finds the first of nested paths that is no folder: a link is not followed, and a file ends the way. */
async function firstNoFolder(folder: string, steps: string[]) {
  for (let depth = 1; depth <= steps.length; depth += 1) {
    const path = steps.slice(0, depth).join("/");
    const entry = await lstat(join(folder, path)).catch(() => undefined);
    if (!entry) return { kind: "absent", path } as const;
    if (!entry.isDirectory()) return { kind: entry.isFile() ? "file" : "link", path } as const;
  }
  return undefined;
}

async function* entriesUnder(folder: string, steps: string[], deepest: number): AsyncGenerator<string> {
  for (const entry of await readdir(join(folder, ...steps), { withFileTypes: true })) {
    const inner = [...steps, entry.name];
    if (!entry.isDirectory()) yield inner.join("/");
    else if (inner.length < deepest && inner.join("/") !== ".git") yield* entriesUnder(folder, inner, deepest);
  }
}

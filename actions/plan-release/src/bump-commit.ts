import type { VersionSource } from "#src/contract/config/version-sources";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { sameVersion } from "#src/domain/version-order";
import type { GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { BumpCommit } from "./facts.ts";
import { declaredAt, declaringPaths } from "./version-history.ts";

/** How many commits are read at once: a version's file often changes without its version. */
const step = 32;

/**
 * Finds the commit that set the version which the head declares: the oldest of the newest changes of its file, on the
 * first-parent line, that all declare it. Copies of the version, such as lockfiles, do not count.
 */
export async function findBumpCommit(
  [source]: VersionSource[],
  head: string,
  local: GitHistory & ProjectFiles,
): Promise<BumpCommit> {
  const [declared] = source ? await declaredAt(source, [head], local) : [];
  if (!source || declared?.reading.found.kind !== "value") return { head, lost: "never-set" };
  const { text } = declared.reading.found;
  let at: string | undefined;
  for await (const batch of inBatches(local.changesOf(declaringPaths(source), { base: null, tip: head }))) {
    for (const reading of await declaredAt(source, batch, local)) {
      if (!reading) return { head, lost: "out-of-reach" };
      const { found } = reading.reading;
      if (found.kind !== "value" || !sameVersion(found.text, text)) return end(head, at);
      at = reading.commit;
    }
  }
  return end(head, at);
}

/** Judges whether the commit that set the version is known, where it is what the configuration wants to be released. */
export function judgeBumpCommit(found: BumpCommit | undefined): Check[] {
  if (!found) return [];
  const ask = question("bump-commit", "The commit that set the version is known, and is the one that is released");
  if ("at" in found) return [ask.pass(`${found.at} set the version; ${found.head} is checked out`, [found.at])];
  const wanted = `expected a commit on the branch up to ${found.head} that set its version`;
  return [
    found.lost === "out-of-reach"
      ? ask.unsure("plan.history-unreadable", `${wanted}, found one out of reach before it`)
      : ask.fail("tag.version-mismatch", `${wanted}, found none`),
  ];
}

function end(head: string, at: string | undefined): BumpCommit {
  return at === undefined ? { head, lost: "never-set" } : { head, at };
}

async function* inBatches(ids: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const id of ids) {
    batch.push(id);
    if (batch.length < step) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

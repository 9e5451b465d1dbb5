import type { VersionSource } from "#src/contract/config/version-sources";
import type { GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { PushFacts } from "./facts.ts";
import { declaredAt, versionsAlong } from "./version-history.ts";

/** The commits of a push, as the event or the inputs name them; `before` is null where it is not known. */
export interface PushIds {
  before: string | null;
  after: string;
}

type Local = GitHistory & ProjectFiles;

/**
 * Gathers what a push did to the version. A `before` that the checkout does not hold is not known; the first parent stands
 * in for it, and nothing counts as unchanged on the word of a commit that was not read.
 */
export async function gatherPush(ids: PushIds, sources: VersionSource[], local: Local): Promise<PushFacts> {
  const { after } = ids;
  const descends = ids.before === null ? "unknown" : await local.isAncestor(ids.before, after);
  const before = descends === "unknown" ? null : ids.before;
  const base = before ?? (await local.firstParent(after));
  const [source] = sources;
  const known = source !== undefined && base !== null && base !== "unknown";
  const [declared] = known ? await declaredAt(source, [base], local) : [];
  const reachable = !known || declared !== undefined;
  return {
    before,
    after,
    base: reachable ? base : "unknown",
    declared: declared?.reading,
    forward: descends === "unknown" ? undefined : descends,
    passed: known && reachable ? await versionsAlong(source, { base, tip: after }, local) : [],
  };
}

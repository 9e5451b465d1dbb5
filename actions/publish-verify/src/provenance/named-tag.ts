import type { Code } from "#src/domain/catalogue";
import { Failure } from "#src/domain/failure";
import { isTagName } from "#src/domain/tag-pattern";
import type { TagContent } from "#src/ports/tag-content";
import { notFound } from "./earlier-evidence.ts";

/**
 * Finds the commit of a tag that somebody named. It has to be a tag of the remote: the ref of a run, such as a branch, never
 * stands for one. Throws `build.tag-invalid`, `build.ref-not-tag`, `build.tag-absent-remote`, `publish.build-run-not-found`.
 */
export async function commitOfNamedTag(tag: string, content: TagContent): Promise<string> {
  if (!isTagName(tag) || tag.startsWith("refs/")) throw noTag("build.tag-invalid", "the name of a tag", tag);
  const seen = await content.look(`refs/tags/${tag}`, []);
  if (seen.seen === "served") return seen.commit;
  if (seen.seen === "unknown") throw notFound(`a tag ${tag} on the remote`, seen.because);
  const branch = await content.look(`refs/heads/${tag}`, []);
  throw branch.seen === "served"
    ? noTag("build.ref-not-tag", `a tag ${tag}`, "a branch of that name")
    : noTag("build.tag-absent-remote", `a tag ${tag} on the remote`, "none");
}

function noTag(code: Code, wanted: string, found: string): Failure {
  return new Failure({
    kind: "input",
    code,
    message: `expected ${wanted}, found ${found}`,
    hint: "Give the name of the release's tag in `release-tag`, such as v1.2.0.",
  });
}

import { question } from "#src/domain/question";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { TagContent, TreeSighting } from "#src/ports/tag-content";
import type { TagRules } from "#src/ports/tag-rules";

/** What is known of the release's tag before anything is published. */
export interface TagFacts {
  tree: TreeSighting;
  /** Asked only where the tag is still to be made. */
  rules: Awaited<ReturnType<TagRules["against"]>> | undefined;
}

/** Looks at the tag on the remote, and at the rules for making it where a rehearsal finds none. */
export async function lookAtReleaseTag(
  { tag, mode }: NamedRelease,
  { content, rules }: { content: TagContent; rules: TagRules },
): Promise<TagFacts> {
  const tree = await content.look(`refs/tags/${tag}`, []);
  const open = tree.seen === "absent" && mode === "rehearsal";
  return { tree, rules: open ? await rules.against(tag) : undefined };
}

/**
 * Judges the tag: live, the remote serves it on the released commit, as what is published names it. In a rehearsal it may be
 * absent; rules that forbid this job's token to make it are then told, and decide nothing, as another token may make it.
 */
export function judgeReleaseTag({ tag, sha, mode }: NamedRelease, { tree, rules }: TagFacts): Check[] {
  const ask = question("tag", `The remote serves ${tag} on the released commit`);
  if (tree.seen === "unknown") return [ask.unsure("publish.remote-unknown", tree.because)];
  if (tree.seen === "served") {
    return [
      tree.commit === sha
        ? ask.pass(`${tag} is ${sha}`)
        : ask.fail("build.sha-mismatch", `expected ${tag} on ${sha}, found it on ${tree.commit}`),
    ];
  }
  if (mode === "live") {
    return [ask.fail("build.tag-absent-remote", `expected the tag ${tag} on the remote, found none`)];
  }
  return [ask.pass(`${tag} is still to be made`), ...(rules ? [judgeRules(tag, rules)] : [])];
}

function judgeRules(tag: string, rules: NonNullable<TagFacts["rules"]>): Check {
  const ask = question("tag-rules", `No ruleset forbids to make ${tag}`, false);
  if ("unknown" in rules) return ask.unsure("publish.remote-unknown", rules.unknown);
  if (rules.rulesets.length === 0) return ask.pass("no enforced ruleset of tags forbids it to this job's token");
  const because = `expected no ruleset against ${tag}, found ${rules.rulesets.join(", ")}; a token that is exempt has to make it`;
  return ask.unsure("tag.rule-forbids", because);
}

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ruleset } from "./records.ts";
import type { State } from "./state.ts";

const changes = ["creation", "update", "deletion", "non_fast_forward"] as const;

/** What someone is about to do to a ref, by the name of the rule that may forbid it. */
export type RefChange = (typeof changes)[number];

/**
 * Gives GitHub's words for what a ruleset forbids, or what nobody may do with the tag that an immutable release has or had;
 * undefined where nothing is forbidden. The words name neither: a burnt name and a restricted one read alike.
 */
export function violationOf(
  { rulesets, burntTags }: Pick<State, "rulesets" | "burntTags">,
  { ref, change, main }: { ref: string; change: RefChange; main: string },
): string | undefined {
  const burnt = burntTags.some((tag) => `refs/tags/${tag}` === ref);
  const forbids = (one: Ruleset) => governs(one, ref, main) && one.rules.some((rule) => rule.type === change);
  if (!burnt && !active(rulesets).some(forbids)) return undefined;
  return `Repository rule violations found\n\n${words(change, ref.startsWith("refs/tags/") ? "tag" : "branch")}\n\n`;
}

function words(change: RefChange, kind: "tag" | "branch"): string {
  return {
    creation: "Cannot create ref due to creations being restricted.",
    update: "Cannot update this protected ref.",
    deletion: `Cannot delete this ${kind}`,
    non_fast_forward: `Cannot force-push to this ${kind}`,
  }[change];
}

/** Tells whether a ruleset speaks about a ref; `~ALL` and `~DEFAULT_BRANCH` are GitHub's own words. */
export function governs(ruleset: Ruleset, ref: string, main: string): boolean {
  const matches = (glob: string) => new RegExp(expression(ruleset, glob, main)).test(ref);
  return ruleset.include.some(matches) && !ruleset.exclude.some(matches);
}

/** Gives the rulesets that are enforced. */
export function active(rulesets: readonly Ruleset[]): Ruleset[] {
  return rulesets.filter((one) => one.enforcement === "active");
}

/** Installs an `update` hook, so that a push meets the same rules as the API, those for the tags of immutable releases too. */
export function installHook(gitDir: string, rulesets: readonly Ruleset[], main: string): void {
  const hooks = join(gitDir, "hooks");
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, "update"), hookText(active(rulesets), main));
  chmodSync(join(hooks, "update"), 0o755);
}

/** Tells the hook which tags immutable releases have or had. */
export function writeBurntTags(gitDir: string, tags: readonly string[]): void {
  writeFileSync(join(gitDir, "immutable-tags"), tags.map((tag) => `refs/tags/${tag}\n`).join(""));
}

/** `*` stays within one path segment and `**` does not, as in GitHub's patterns; git has checked the ref's characters. */
function expression({ target }: Ruleset, glob: string, main: string): string {
  if (glob === "~ALL") return target === "tag" ? "^refs/tags/" : "^refs/heads/";
  if (glob === "~DEFAULT_BRANCH") return `^refs/heads/${escaped(main)}$`;
  const parts = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => ({ "**": ".*", "*": "[^/]*", "?": "[^/]" })[part] ?? escaped(part));
  return `^${parts.join("")}$`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function hookText(rulesets: readonly Ruleset[], main: string): string {
  const blocks = rulesets.flatMap((ruleset) =>
    changes
      .filter((change) => ruleset.rules.some(({ type }) => type === change))
      .map((each) => block(ruleset, each, main)),
  );
  const cases = changes
    .map((change) => `    ${change}) words="${words(change, "tag").replace(/tag$/, "$kind")}" ;;`)
    .join("\n");
  return `#!/bin/sh
# Generated: refuses what the rulesets of the embedded GitHub forbid.
ref="$1" old="$2" new="$3" change=update
zero=${"0".repeat(40)}
[ "$old" = "$zero" ] && change=creation
[ "$new" = "$zero" ] && change=deletion
kind=branch
case "$ref" in refs/tags/*) kind=tag ;; esac
refuse() {
  case "$1" in
${cases}
  esac
  printf 'error: GH013: Repository rule violations found for %s.\\n\\n- %s\\n\\n' "$ref" "$words" >&2
  exit 1
}
if grep -Fxq "$ref" "$GIT_DIR/immutable-tags" 2>/dev/null; then refuse "$change"; fi
${blocks.join("\n")}
exit 0
`;
}

function block(ruleset: Ruleset, rule: RefChange, main: string): string {
  const globs = (list: readonly string[]) =>
    list.map((glob) => `-e '${expression(ruleset, glob, main).replaceAll("'", "'\\''")}'`).join(" ");
  const excluded = ruleset.exclude.length > 0 ? ` && ! printf '%s\\n' "$ref" | grep -Eq ${globs(ruleset.exclude)}` : "";
  const governed =
    ruleset.include.length > 0 ? `printf '%s\\n' "$ref" | grep -Eq ${globs(ruleset.include)}${excluded}` : "false";
  const test =
    rule === "non_fast_forward"
      ? '[ "$change" = update ] && ! git merge-base --is-ancestor "$old" "$new"'
      : `[ "$change" = ${JSON.stringify(rule)} ]`;
  return `if ${test} && ${governed}; then refuse ${rule}; fi`;
}

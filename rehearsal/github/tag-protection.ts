import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ruleset } from "./records.ts";

/** What someone is about to do to a ref. */
export type RefChange = "creation" | "update" | "deletion" | "non_fast_forward";

/** Gives the name of the ruleset that forbids a change of a ref, or undefined when none does. */
export function forbiddenBy(
  rulesets: readonly Ruleset[],
  ref: string,
  change: RefChange,
  main: string,
): string | undefined {
  return active(rulesets).find((one) => governs(one, ref, main) && one.rules.some((rule) => rule.type === change))
    ?.name;
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

/** Installs an `update` hook, so that a push meets the same rules as the API. Tags of immutable releases never move either. */
export function installHook(gitDir: string, rulesets: readonly Ruleset[], main: string): void {
  const hooks = join(gitDir, "hooks");
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, "update"), hookText(active(rulesets), main));
  chmodSync(join(hooks, "update"), 0o755);
}

/** Tells the hook which tags belong to immutable releases. */
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
  const blocks = rulesets.flatMap((ruleset) => ruleset.rules.map((rule) => block(ruleset, rule.type, main)));
  return `#!/bin/sh
# Generated: refuses what the rulesets of the embedded GitHub forbid.
ref="$1" old="$2" new="$3" change=update
zero=${"0".repeat(40)}
[ "$old" = "$zero" ] && change=creation
[ "$new" = "$zero" ] && change=deletion
refuse() { echo "GH013: Repository rule violations found for $ref. $1" >&2; exit 1; }
if [ "$change" != creation ] && grep -Fxq "$ref" "$GIT_DIR/immutable-tags" 2>/dev/null; then
  refuse "Cannot change the tag of an immutable release."
fi
${blocks.join("\n")}
exit 0
`;
}

function block(ruleset: Ruleset, rule: string, main: string): string {
  const globs = (list: readonly string[]) =>
    list.map((glob) => `-e '${expression(ruleset, glob, main).replaceAll("'", "'\\''")}'`).join(" ");
  const excluded = ruleset.exclude.length > 0 ? ` && ! printf '%s\\n' "$ref" | grep -Eq ${globs(ruleset.exclude)}` : "";
  const governed =
    ruleset.include.length > 0 ? `printf '%s\\n' "$ref" | grep -Eq ${globs(ruleset.include)}${excluded}` : "false";
  const test =
    rule === "non_fast_forward"
      ? '[ "$change" = update ] && ! git merge-base --is-ancestor "$old" "$new"'
      : `[ "$change" = ${JSON.stringify(rule)} ]`;
  return `if ${test} && ${governed}; then refuse "The ruleset forbids this ${rule.replaceAll(/[^a-z_]/g, "")}."; fi`;
}

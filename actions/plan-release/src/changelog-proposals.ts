import { draftSection } from "#src/domain/changelog/draft";
import { finalizeChangelog } from "#src/domain/changelog/finalize";
import { rulesOf } from "#src/domain/changelog/rules";
import { capBytes, codeBlock } from "#src/report/markdown";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";

/** Name of the attachment that holds a drafted section. */
const draftAttachment = "draft.md";

/** Name of the attachment that holds the finalisation as a patch. */
const patchAttachment = "finalize.patch";

/** A text attachment that a person may take over. */
export interface Proposal {
  name: string;
  content: string;
}

/**
 * Proposes what a missing section could be: the notes under `Unreleased` finalised, as a patch for `git apply`, and a draft
 * from the commits. Both are for a person to commit; the plan changes nothing.
 */
export function proposeChangelog(
  { changelog, issuesUrl }: Policy,
  { setting, ...facts }: Facts,
  { version }: Aim,
): Proposal[] {
  if (changelog.format === "none" || isUnnamed(version) || setting.commits === undefined) return [];
  if (version.class === "pre-release" && changelog["pre-releases"] === "optional") return [];
  const rules = rulesOf(changelog.format, changelog);
  const release = { version: version.text, date: setting.now.toISOString().slice(0, 10), rules };
  const finalised =
    facts.changelog === undefined
      ? undefined
      : finalizeChangelog({ path: changelog.file, text: facts.changelog }, release);
  return [
    { name: draftAttachment, content: draftSection(setting.commits, { ...release, issuesUrl }) },
    ...(finalised ? [{ name: patchAttachment, content: finalised.patch }] : []),
  ];
}

const shownLimit = 20_000;

const titles = new Map([
  [draftAttachment, "Draft of the missing section, from the commits"],
  [patchAttachment, "Patch that finalises the notes: `git apply finalize.patch`"],
]);

/** Renders the proposals for the summary, one fold each. */
export function showProposals(proposals: Proposal[]): string[] {
  return proposals.map(({ name, content }) => {
    const body = codeBlock(capBytes(content, shownLimit), name.endsWith(".patch") ? "diff" : "md");
    return `<details><summary>${titles.get(name) ?? name}</summary>\n\n${body}\n\n</details>`;
  });
}

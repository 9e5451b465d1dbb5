import type { NamedRelease } from "#src/domain/release";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { type ChannelResult, openChecks, sortByLiveness } from "./judge-partial.ts";

/** Writes one table of all channels: those that serve the version, and those that do not, each with what was found. */
export function channelTable(results: ChannelResult[]): string {
  const { live, missing } = sortByLiveness(results);
  const liveRows = live.map((result) => row(result, "live", ""));
  return table(["Channel", "Standing", "Found", "Code"], [...liveRows, ...missing.map(missingRow)]);
}

/** Writes the text of the one blocker for a version that only some channels serve. */
export function incidentText(release: NamedRelease, results: ChannelResult[]): string {
  const { live, missing } = sortByLiveness(results);
  const ids = (some: ChannelResult[]) => some.map(({ channel }) => inlineCode(channel.id)).join(", ");
  return [
    `# ${escapeMarkdown(release.tag)} is published in part`,
    `Users get ${escapeMarkdown(release.version)} from ${ids(live)}, and not from ${ids(missing)}.`,
    channelTable(results),
    [
      "- What is live stays as it is: nothing is uploaded again, and the tag does not move.",
      `- Where a channel lacks what was built, publish the same built files there: rerun the publish job for ${ids(missing)} only.`,
      "- Where a channel serves something else, withdraw it there and release the next version.",
      "- Then rerun publish-verify; this is over when every required channel serves what was built.",
    ].join("\n"),
    "",
  ].join("\n\n");
}

function missingRow(result: ChannelResult): string[] {
  const open = openChecks(result.finding);
  return row(
    result,
    result.channel.required ? "**not live**" : "not live (optional)",
    [...new Set(open.flatMap(({ code }) => (code ? [inlineCode(code)] : [])))].join(", "),
  );
}

function row({ channel, finding }: ChannelResult, standing: string, codes: string): string[] {
  const open = openChecks(finding);
  const told = open.length > 0 ? open : finding.checks;
  return [inlineCode(channel.id), standing, escapeMarkdown(told.map(({ because }) => because).join("; ")), codes];
}

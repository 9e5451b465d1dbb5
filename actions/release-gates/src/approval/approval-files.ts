import type { GateOf } from "#src/contract/config/gates";
import type { Answer } from "#src/domain/approval";
import { canonicalJson } from "#src/domain/digest";
import { formatInstant } from "#src/domain/instant";
import type { Attachment } from "#src/domain/report";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { Ruling } from "./judge-answers.ts";

/** A gate that asked, and what came of it. */
export interface Decided {
  policy: GateOf<"approval">;
  ruling: Ruling;
}

interface Release {
  tag: string;
  version: string;
  sha: string;
}

/**
 * Writes all answers as `approval.json`, and for each gate that was approved a file for the archive of approvals, as Markdown and
 * JSON. Where several gates ask in one place, their ids tell the files apart.
 */
export function approvalFiles(release: Release, decided: Decided[]): Attachment[] {
  const gates = decided.map(({ policy, ruling }) => ({ gate: policy.id, ...describe(release, policy, ruling) }));
  const approved = decided.filter(({ ruling }) => ruling.finding.result === "pass");
  const places = Map.groupBy(approved, ({ policy }) => plain(placeOf(policy)));
  const files = [...places].flatMap(([place, here]) =>
    here.flatMap(({ policy, ruling }) => {
      const name = here.length === 1 ? place : `${place}_${policy.id}`;
      return manualApproval({ release, policy, ruling, name });
    }),
  );
  return [{ name: "approval.json", content: canonicalJson(gates) }, ...files];
}

function manualApproval({ release, policy, ruling, name: place }: Decided & { release: Release; name: string }) {
  const name = `manual_approvals/approval_${plain(release.version)}_${place}`;
  const rows = ruling.answers.map(({ by, at, via, comment }) => [
    escapeMarkdown(by),
    formatInstant(at),
    via,
    escapeMarkdown(comment),
  ]);
  const text = [
    `# Approval of ${escapeMarkdown(release.version)} for ${escapeMarkdown(placeOf(policy))}`,
    `Tag ${inlineCode(release.tag)}, commit ${inlineCode(release.sha)}.`,
    table(["Approver", "By", "Through", "Comment"], rows),
  ].join("\n\n");
  return [
    { name: `${name}.md`, content: `${text}\n` },
    { name: `${name}.json`, content: canonicalJson(describe(release, policy, ruling)) },
  ];
}

function describe(release: Release, policy: Decided["policy"], { finding, answers }: Ruling) {
  return {
    schema: "seaworthy-approval/1",
    version: release.version,
    tag: release.tag,
    sha: release.sha,
    environment: placeOf(policy),
    result: finding.result,
    answers: answers.map(({ by, at, via, decision, comment, url }: Answer) => ({
      ...{ by, via, decision, comment, url },
      at: formatInstant(at),
    })),
  };
}

/** Where no environment asks, the gate's id stands in its place. */
function placeOf({ environment, id }: Decided["policy"]): string {
  return environment ?? id;
}

/** Environments may have any name, and versions a slash; files of an artifact may not. */
function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9.+-]/g, "-");
}

import type { CheckFinding } from "#src/domain/required-checks";
import { makersOf } from "./topology/check-names.ts";
import type { Workflow } from "./topology/workflow.ts";

/** What the commit tells about checks that nobody ran: its workflows, its message with who wrote it, and the branch. */
export interface CommitClues {
  workflows: Workflow[];
  /** Authors and committers, one a line, then the message; undefined where git cannot tell. */
  written: string | undefined;
  branch: string | undefined;
  /** As `owner/name`, so that a command to type needs no checkout. */
  repository: string;
}

const skipMarker = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks:\s*true\s*$/im;
const bot = /^.*\[bot\](?:@.*)?$/m;

/**
 * Says more about checks than the server does: a leg that is missing from a declared matrix (GAT-16), a name that several
 * workflows make and that therefore tells none of them (GAT-17), and why nothing ran at all, with what repairs it (GAT-13).
 */
export function explainChecks(findings: CheckFinding[], legs: string[], clues: CommitClues): CheckFinding[] {
  return findings.map((finding) => {
    const { name, code, result } = finding;
    const makers = makersOf(name, clues.workflows);
    if (result === "pass") return makers.length > 1 ? ambiguous(finding, makers) : finding;
    if (code !== "gates.ci-no-run") return finding;
    const repair = repairOf(makers, clues);
    const because = suppression(clues.written);
    if (because)
      return { ...finding, code: "gates.ci-suppressed", because: `${finding.because}: ${because}; ${repair}` };
    if (legs.includes(name)) {
      return { ...finding, code: "gates.ci-matrix-incomplete", because: `${finding.because}, a leg that is declared` };
    }
    return makers.length === 0 ? finding : { ...finding, because: `${finding.because}; ${repair}` };
  });
}

function ambiguous(finding: CheckFinding, makers: Workflow[]): CheckFinding {
  const files = makers.map(({ file }) => file).join(" and ");
  const because = `is the name of a job in ${files}, so that it does not tell which of them has succeeded`;
  return { ...finding, result: "inconclusive", code: "gates.ci-ambiguous", because };
}

/** Events of commits with a marker, and of pushes by a workflow's own token, start no workflow. */
function suppression(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const marker = skipMarker.exec(written)?.[0].trim();
  if (marker) return `the commit's message says ${marker}`;
  const author = bot.exec(written.split("\n").slice(0, 4).join("\n"))?.[0];
  return author ? `the commit is of ${author}, whose pushes start no workflow` : undefined;
}

function repairOf(makers: Workflow[], { branch = "<branch>", repository }: CommitClues): string {
  const started = makers.find(({ triggers }) => "workflow_dispatch" in triggers);
  if (started) return `start it with \`gh workflow run ${started.file} --repo ${repository} --ref ${branch}\``;
  const [first] = makers;
  if (!first) return "start its workflow on this commit";
  return `give ${first.file} the event workflow_dispatch, so that it can be started, or push a commit of your own`;
}

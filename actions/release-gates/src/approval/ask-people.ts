import * as z from "zod";
import { askingGates } from "#src/asking-gates";
import { approvalTitle } from "#src/contract/config/gates/approval";
import { amount } from "#src/domain/amount";
import { askedCheck } from "#src/domain/approval";
import { parseJson } from "#src/domain/parse-json";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { Planned } from "#src/stage-context";

const shownCommits = 30;

const contextSchema = z.object({
  environment: z.string().nullish(),
  operator: z.string().nullish(),
  commits: z
    .object({
      total: z.number(),
      breaking: z.number(),
      list: z.array(z.object({ sha: z.string(), subject: z.string(), class: z.string(), breaking: z.boolean() })),
    })
    .nullish(),
});

/** Says in the collection that people are asked before the tag, and lays before them what they decide about. */
export function askPeople(report: StageReport, planned: Planned): StageReport {
  const asking = askingGates(planned);
  if (asking.length === 0) return report;
  const because = `asked by ${asking.map(({ id }) => id).join(", ")}; their answers stand in a record of their own`;
  const passed = conclude(report.checks).result === "pass";
  const { tag } = planned.release;
  return {
    ...report,
    checks: [...report.checks, askedCheck(because)],
    next: passed ? `Let a person decide about ${tag}; nothing is tagged before.` : report.next,
    outputs: { ...report.outputs, approval: "wanted" },
    summary: [report.summary ?? "", passed ? decisionSheet(report.checks, planned) : ""].filter(Boolean).join("\n\n"),
  };
}

/** What a person needs to decide, in one place: for what, which commit, what to go back to, what changed, and what speaks against it. */
function decisionSheet(checks: Check[], planned: Planned): string {
  const { release, plan, config } = planned;
  const context = contextSchema.safeParse(parseJson(plan.attachments.get("context.json") ?? new Uint8Array())).data;
  const commits = context?.commits;
  const ways = askingGates(planned).flatMap(({ environment, fallback }) => [
    ...(environment === undefined ? [] : [`review environment ${inlineCode(environment)} on the page of this run`]),
    ...(fallback === "issue"
      ? [
          `comment ${inlineCode(`approve ${release.tag} ${release.sha}`)} or ${inlineCode(`reject ${release.tag}`)} on an issue ${inlineCode(approvalTitle(release.tag))} that an approver has opened`,
        ]
      : []),
  ]);
  const facts = [
    ["Version", escapeMarkdown(release.version)],
    ["Commit", inlineCode(release.sha)],
    ["Environment", escapeMarkdown(context?.environment ?? "none is recorded")],
    ["Started by", escapeMarkdown(context?.operator ?? "not recorded")],
    ["To go back to", escapeMarkdown(release.base ?? "nothing: this is the first release")],
    ["Gates", countsOf(checks.filter(({ id }) => config.gates.some((gate) => gate.id === id)))],
    ["Changes", commits ? `${amount(commits.total, "commit")}, ${commits.breaking} of them breaking` : "not recorded"],
    ["Risks", risksOf(checks, commits?.breaking ?? 0)],
    ["To decide", [...new Set(ways)].join("; or ")],
  ];
  return [
    `### Before you decide about ${escapeMarkdown(release.tag)}`,
    table(["What", "Found"], facts),
    changeList(commits),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function countsOf(checks: Check[]): string {
  const count = (result: Check["result"]) => checks.filter((check) => check.result === result).length;
  return `${count("pass")} passed, ${count("fail")} failed, ${count("inconclusive")} inconclusive (the latter two advisory)`;
}

/** The collection has passed, so that only what is advisory can still speak against the release. */
function risksOf(checks: Check[], breaking: number): string {
  const advisory = checks.filter(({ required, result }) => !required && result !== "pass");
  const told = [
    ...(breaking > 0 ? [amount(breaking, "breaking change")] : []),
    ...advisory.map(({ title, because }) => escapeMarkdown(`${title}: ${because}`)),
  ];
  return told.join("; ") || "no gate speaks against it";
}

function changeList(commits: NonNullable<z.output<typeof contextSchema>["commits"]> | null | undefined): string {
  if (!commits || commits.list.length === 0) return "";
  const rows = commits.list
    .slice(0, shownCommits)
    .map(({ sha, subject, class: kind, breaking }) => [
      inlineCode(sha.slice(0, 12)),
      kind + (breaking ? " (breaking)" : ""),
      escapeMarkdown(subject),
    ]);
  const left = commits.total - rows.length;
  return (
    table(["Commit", "Class", "Subject"], rows) + (left > 0 ? `\n\n_${left} more are in the plan's context.json._` : "")
  );
}

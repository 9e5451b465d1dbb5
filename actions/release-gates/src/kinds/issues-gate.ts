import type { GateOf } from "#src/contract/config/gates";
import { usualNotReady } from "#src/contract/config/gates/issues";
import { canonicalJson } from "#src/domain/digest";
import { type Failure, toFailure } from "#src/domain/failure";
import type { StageReport } from "#src/domain/report";
import type { Issues, TrackedIssue, Whole } from "#src/ports/issues";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { type HeldBack, type IssueFacts, judgeIssues } from "./judge-issues.ts";

type IssuesPolicy = GateOf<"issues">;

/** How many issues may have changed during a run; each costs a request. */
const mostChanged = 50;

/** Runs a gate that knows the issues: reads the open ones in scope, and what has changed since the run began. */
export async function runIssuesGate(policy: IssuesPolicy, seat: GateSeat): Promise<StageReport> {
  try {
    const facts = await gatherFacts(policy, seat);
    if ("result" in facts) return legReport(policy, facts);
    const { finding, held } = judgeIssues(policy, facts);
    const listed = held.map(({ issue: { number, title, url }, code, why }) => ({ number, title, url, code, why }));
    const attachments = [{ name: "issues.json", content: canonicalJson(listed) }];
    return legReport(policy, finding, { attachments, summary: heldTable(held) });
  } catch (thrown) {
    return legReport(policy, unread(toFailure(thrown)));
  }
}

async function gatherFacts(policy: IssuesPolicy, { ports, plan, version }: GateSeat): Promise<IssueFacts | Finding> {
  const { issues } = ports;
  const { label } = policy.scope;
  const milestone = titleOf(policy, { tag: plan.record.release.tag ?? "", version });
  const number = milestone === undefined ? undefined : await numberOf(milestone, issues);
  if (typeof number === "object") return number;
  const unlabelled = await labelsMissing(policy, issues);
  if (unlabelled) return unlabelled;
  const open = await issues.list({
    open: true,
    labels: label === undefined ? [] : [label],
    ...(number === undefined ? {} : { milestone: number }),
  });
  if (!open.complete) return cut("open issues in scope", open);
  const began = new Date(plan.record.started);
  const changed = policy["not-ready-labels"].length === 0 ? [] : await changedSince(began, issues);
  return "result" in changed ? changed : { open: open.items, changed, began, milestone };
}

function titleOf({ scope }: IssuesPolicy, release: { tag: string; version: string }): string | undefined {
  return scope.milestone?.replace(/\{(?:tag|version)\}/g, (name) => (name === "{tag}" ? release.tag : release.version));
}

async function numberOf(title: string, issues: Issues): Promise<number | Finding> {
  const all = await issues.milestones();
  const found = all.items.find((milestone) => milestone.title === title);
  if (found) return found.number;
  if (!all.complete) return cut(`milestones, of which none so far is ${title}`, all);
  return doubt("gates.milestone-unknown", `expected a milestone ${title}, found none with exactly this title`);
}

/**
 * A label that does not exist is on no issue, so a gate that looks for it would pass whatever is open. Only the labels of
 * unready tickets that a gate looks for without being told need not exist: a project need not have such states.
 */
async function labelsMissing(policy: IssuesPolicy, issues: Issues): Promise<Finding | undefined> {
  const { label } = policy.scope;
  const told = policy["not-ready-labels"].filter((name) => !usualNotReady.includes(name));
  const wanted = [...(label === undefined ? [] : [label]), ...policy["severity-labels"], ...told];
  if (wanted.length === 0) return undefined;
  const all = await issues.labels();
  const known = new Set(all.items.map((name) => name.toLowerCase()));
  const missing = wanted.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return undefined;
  if (!all.complete) return cut(`labels, of which none so far is ${missing.join(" or ")}`, all);
  return doubt("gates.label-unknown", `expected labels ${wanted.join(", ")}, found none named ${missing.join(", ")}`);
}

/** Asks for every issue of the repository that has changed: one that was taken out of the scope is no longer found in it. */
async function changedSince(began: Date, issues: Issues): Promise<IssueFacts["changed"] | Finding> {
  const touched = await issues.list({ open: "either", since: began });
  if (!touched.complete || touched.items.length > mostChanged)
    return cut("issues that changed since the run began", touched);
  const changed: IssueFacts["changed"] = [];
  for (const issue of touched.items) {
    const changes = await issues.changes(issue.number);
    if (!changes.complete) return cut(`changes of #${issue.number}`, changes);
    changed.push({ issue, changes: changes.items });
  }
  return changed;
}

function cut(what: string, { items }: Whole<unknown>): Finding {
  return doubt("gates.issues-unknown", `expected all ${what}, found more than can be read: ${items.length} and more`);
}

function unread({ message }: Failure): Finding {
  return doubt("gates.issues-unknown", message);
}

function heldTable(held: HeldBack[]): string {
  if (held.length === 0) return "";
  const rows = held.map(({ issue, code, why }) => [
    nameOf(issue),
    escapeMarkdown(issue.title),
    escapeMarkdown(why),
    inlineCode(code),
  ]);
  return table(["Issue", "Title", "Why", "Code"], rows);
}

function nameOf({ number, url }: TrackedIssue): string {
  return /^https?:\/\/[^\s()<>|\\]+$/.test(url) ? `[#${number}](${url})` : `#${number}`;
}

import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import { doubt, type Finding } from "../leg-report.ts";
import type { Complaint, Item } from "./complaint.ts";
import { judgeOrder } from "./judge-order.ts";
import { judgePrograms } from "./judge-programs.ts";
import { judgeSafety } from "./judge-safety.ts";
import { judgeCiTriggers, judgeTriggers } from "./judge-triggers.ts";
import { judgeReferences } from "./references.ts";
import type { Workflow } from "./workflow.ts";

/** What the commit holds, and what is required of it elsewhere in the configuration. */
export interface TopologyFacts {
  workflows: Workflow[];
  /** Why workflow files could not be read. */
  broken: string[];
  /** Texts of the files that are referred to and are there. */
  files: ReadonlyMap<string, string>;
  /** Names of the check runs that gates and promotion want. */
  checks: string[];
  /** Branches that releases start from. */
  branches: string[];
}

type Policy = GateOf<"topology">;

const codes: Record<Item, Code> = {
  files: "gates.contract-files",
  tools: "gates.contract-tools",
  pins: "gates.contract-pins",
  permissions: "gates.contract-permissions",
  secrets: "gates.contract-secrets",
  injection: "gates.contract-injection",
  triggers: "gates.contract-triggers",
  "dead-triggers": "gates.contract-dead-triggers",
  "run-conclusion": "gates.contract-run-conclusion",
  inputs: "gates.contract-inputs",
  needs: "gates.contract-needs",
  gated: "gates.contract-gated",
  last: "gates.contract-last",
  checkout: "gates.contract-checkout",
  rehearsal: "gates.contract-rehearsal",
  "ci-trigger": "gates.ci-not-triggered",
};

/** Judges the workflows of a commit: every complaint that is not accepted fails, by the code of the first. */
export function judgeTopology(policy: Policy, facts: TopologyFacts): { finding: Finding; complaints: Complaint[] } {
  const { workflows, broken } = facts;
  if (broken.length > 0 || workflows.length === 0) {
    const found = broken.join("; ") || "none in .github/workflows";
    return {
      finding: doubt("gates.contract-unreadable", `expected workflows to read, found ${found}`),
      complaints: [],
    };
  }
  const all = complaintsOf(policy, facts);
  const open = all.filter((complaint) => !policy.accepted.some((one) => accepts(one, complaint)));
  const [first] = open;
  if (first) {
    const told = open.slice(0, 8).map(({ where, because }) => `${where}: ${because}`);
    const more = open.length > told.length ? `; ${open.length - told.length} more` : "";
    const because = told.join("; ") + more;
    return {
      finding: { result: "fail", code: codes[first.item], because, evidence: evidence(facts) },
      complaints: open,
    };
  }
  const accepted = all.length === 0 ? "" : `; ${all.length} accepted with a reason`;
  const because = `${workflows.length} workflows are as a release needs them${accepted}`;
  return { finding: { result: "pass", because, evidence: evidence(facts) }, complaints: [] };
}

function complaintsOf(policy: Policy, { workflows, files, checks, branches }: TopologyFacts): Complaint[] {
  const expected = (file: string) => policy.workflows.find((one) => one.file === file);
  const missing = [...policy.files, ...policy.workflows.map(({ file }) => `.github/workflows/${file}`)]
    .filter((path) => !files.has(path))
    .map((path): Complaint => ({ item: "files", where: path, because: "expected the file in the commit, found none" }));
  return [
    ...missing,
    ...workflows.flatMap((workflow) => [
      ...judgeSafety(workflow),
      ...judgeReferences(workflow, files),
      ...judgeTriggers(workflow, workflows, expected(workflow.file)),
      ...judgeOrder(workflow, expected(workflow.file)),
      ...judgePrograms(workflow, files, policy.tools),
    ]),
    ...judgeCiTriggers(checks, branches, workflows),
  ];
}

function accepts({ item, at }: Policy["accepted"][number], complaint: Complaint): boolean {
  return item === complaint.item && `${complaint.where}: ${complaint.because}`.includes(at);
}

function evidence({ workflows }: TopologyFacts): string[] {
  return workflows.map(({ file }) => `.github/workflows/${file}`);
}

import type { GateOf } from "#src/contract/config/gates";
import { checkNames } from "#src/contract/config/gates/checks";
import type { StageReport } from "#src/domain/report";
import type { CheckoutFile, CheckoutFiles } from "#src/ports/checkout-files";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { branchesOf } from "../release-branches.ts";
import type { Complaint } from "./complaint.ts";
import { judgeTopology } from "./judge-topology.ts";
import { readWorkflows } from "./read-workflows.ts";
import { referencesOf } from "./references.ts";

const largest = 1024 * 1024;

type Policy = GateOf<"topology">;

/** Judges a gate of kind `topology`: reads the workflows of the commit, then everything that they refer to. */
export async function runTopologyGate(policy: Policy, seat: GateSeat): Promise<StageReport> {
  const unready = await preflight({ tools: [], environment: [] }, seat.candidate, seat.ports);
  if (unready) return legReport(policy, unready);
  const { workflows, broken } = await readWorkflows(seat.ports.files);
  const files = await readFiles(seat.ports.files, referencesOf(workflows, policy));
  const facts = { workflows, broken, files, checks: requiredChecks(seat), branches: branchesOf(policy.branches, seat) };
  const { finding, complaints } = judgeTopology(policy, facts);
  return legReport(policy, finding, { summary: shown(complaints) });
}

async function readFiles(files: CheckoutFiles, paths: string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const patterns = paths.flatMap((path) => [path, `${path}/action.yml`, `${path}/action.yaml`]);
  const found = await files.matching(patterns, largest);
  return new Map(found.map((file) => [file.path, textOf(file)]));
}

function textOf({ bytes }: CheckoutFile): string {
  return bytes ? new TextDecoder().decode(bytes) : "";
}

function requiredChecks({ config: { gates, promote } }: GateSeat): string[] {
  const ofGates = gates.flatMap((gate) => (gate.kind === "checks" && gate.required ? checkNames(gate) : []));
  return [...new Set([...ofGates, ...(promote?.checks ?? [])])];
}

function shown(complaints: Complaint[]): string {
  if (complaints.length === 0) return "";
  const rows = complaints.map(({ item, where, because }) => [
    inlineCode(item),
    escapeMarkdown(where),
    escapeMarkdown(because),
  ]);
  return table(["Item", "Where", "Found"], rows);
}

import { stripVTControlCharacters } from "node:util";
import type { GateOf } from "#src/contract/config/gates";
import type { PartPolicy } from "#src/contract/config/gates/command";
import type { Check } from "#src/domain/verdict";
import type { Execution } from "#src/ports/shell";
import { judgeCommand } from "./decide-command.ts";
import { runLine } from "./execution.ts";
import { doubt, type Finding, named } from "./leg-report.ts";
import type { PreflightPorts } from "./preflight.ts";

/** A part of a gate with its check, and how its own command ended, where it has one. */
export interface PartResult {
  id: string;
  check: Check;
  execution: Execution | undefined;
}

/** Runs every part of a gate in order, whatever became of those before it; what the gate's own command tells is read from its log. */
export async function runParts(
  policy: GateOf<"command">,
  whole: Execution | undefined,
  ports: PreflightPorts,
): Promise<PartResult[]> {
  const results: PartResult[] = [];
  for (const part of policy.parts) {
    const excuse = part["not-applicable"];
    const execution = part.run === undefined || excuse ? undefined : await runLine(part.run, policy, ports);
    const found = execution ? judgeCommand(part["min-executed"], execution) : readPart(part.id, whole?.output ?? "");
    const finding = excuse ? excused(excuse) : named(found, part["fails-as"] ?? policy["fails-as"]);
    results.push({ id: part.id, check: checkOf(policy, part, finding), execution });
  }
  return results;
}

/** Joins a gate's own finding with those of its parts: the first failure decides, else the first doubt. */
export function joinParts(own: Finding | undefined, parts: PartResult[]): Finding {
  const told = parts.map(({ id, check }) => ({ ...check, because: `part ${id}: ${check.because}` }));
  const all: Finding[] = [...(own ? [own] : []), ...told];
  const against = ["fail", "inconclusive"].flatMap((result) => all.filter((finding) => finding.result === result));
  const evidence = all.flatMap((finding) => finding.evidence);
  const [first] = against;
  if (!first) {
    const passed = parts.filter(({ check }) => check.result === "pass").map(({ id }) => id);
    const because = [own?.because, passed.length === 0 ? undefined : `parts ${passed.join(", ")} passed`];
    return { result: "pass", because: because.filter((text) => text !== undefined).join("; "), evidence };
  }
  const { result, code } = first;
  return { result, ...(code ? { code } : {}), because: against.map(({ because }) => because).join("; "), evidence };
}

/** A recipe tells of a part in a line of its own; a part that it does not speak of has not run. */
function readPart(id: string, log: string): Finding {
  const lines = [...stripVTControlCharacters(log).matchAll(new RegExp(`^part ${id}: (passed|failed)\\s*$`, "gm"))].map(
    ([, ending]) => ending,
  );
  if (lines.length === 0) {
    return doubt("gates.recipe-part-missing", `expected a line \`part ${id}: passed\` or \`failed\`, found none`);
  }
  if (lines.every((ending) => ending === "passed")) return { result: "pass", because: "told as passed", evidence: [] };
  return { result: "fail", code: "gates.failed", because: "expected it told as passed, found failed", evidence: [] };
}

function excused(reason: string): Finding {
  return { result: "not-applicable", because: reason, evidence: [] };
}

function checkOf({ id, required }: GateOf<"command">, part: PartPolicy, finding: Finding): Check {
  return { id: `${id}:${part.id}`, title: part.title ?? `Part ${part.id} of ${id} holds`, required, ...finding };
}

import type { GateOf } from "#src/contract/config/gates";
import { readRisk } from "#src/domain/changes/risk-document";
import type { Planned } from "#src/stage-context";

/**
 * Lists the gates that ask people after the collection. A reviewed merge is there before, so nobody is asked; nor is anybody by a
 * gate that the plan leaves out.
 */
export function askingGates({ config, plan }: Pick<Planned, "config" | "plan">): GateOf<"approval">[] {
  const gates = config.gates.flatMap((gate) => (gate.kind === "approval" && !gate["merge-review"] ? gate : []));
  const leftOut = readRisk(plan)?.gates.flatMap(({ id, applies }) => (applies ? [] : id)) ?? [];
  return gates.filter(({ id }) => !leftOut.includes(id));
}

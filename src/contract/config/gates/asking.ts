import type { GateOf, GatePolicy } from "#src/contract/config/gates";

/** Lists the gates that ask people after the collection. A reviewed merge is there before, so nobody is asked. */
export function askingGates(gates: GatePolicy[]): GateOf<"approval">[] {
  return gates.flatMap((gate) => (gate.kind === "approval" && !gate["merge-review"] ? gate : []));
}

/** Title of the issue on which approvers answer. */
export function approvalTitle(tag: string): string {
  return `Approve release ${tag}`;
}

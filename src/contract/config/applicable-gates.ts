import type { ApplicableGate } from "#src/contract/config/gates";
import type { Config } from "#src/contract/config/schema";

/** Lists the gates that run; one that is switched off has no leg, and the collection says why. */
export function applicableGates({ gates }: Pick<Config, "gates">): ApplicableGate[] {
  return gates.flatMap((gate) => (gate.kind === "not-applicable" ? [] : gate));
}

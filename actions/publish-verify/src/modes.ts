import type { StageReport } from "#src/domain/report";
import type { StageContext } from "#src/stage-context";
import { type LivePorts, verifyLive } from "./live/verify-live.ts";
import type { PreflightPorts } from "./preflight/gather-preflight.ts";
import { verifyPreflight } from "./preflight/verify-preflight.ts";
import type { ProvenancePorts } from "./provenance/gather-provenance.ts";
import { verifyProvenance } from "./provenance/verify-provenance.ts";

/** Verifies what the mode asks for. Each mode leaves a record of its own. */
export function verifyInMode(
  mode: "preflight" | "provenance" | "live",
  context: StageContext,
  ports: LivePorts & PreflightPorts & ProvenancePorts,
): Promise<StageReport> {
  switch (mode) {
    case "live":
      return verifyLive(context, ports);
    case "preflight":
      return verifyPreflight(context, ports);
    case "provenance":
      return verifyProvenance(context, ports);
  }
}

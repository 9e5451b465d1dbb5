import type * as z from "zod";
import type { StageReport } from "#src/domain/report";
import type { StageContext } from "#src/stage-context";
import { type AlignmentPorts, alignFormulae } from "./alignment/align-formulae.ts";
import type { contract } from "./contract.ts";
import { type LaterPorts, verifyLater } from "./later/verify-later.ts";
import { verifyLive } from "./live/verify-live.ts";
import type { PreflightPorts } from "./preflight/gather-preflight.ts";
import { verifyPreflight } from "./preflight/verify-preflight.ts";
import { type ProvenanceStagePorts, verifyProvenance } from "./provenance/verify-provenance.ts";

/** Verifies what the mode asks for. Each mode leaves a record of its own. */
export function verifyInMode(
  given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: LaterPorts & PreflightPorts & ProvenanceStagePorts & AlignmentPorts,
): Promise<StageReport> {
  switch (given.mode) {
    case "live":
      return verifyLive(context, ports);
    case "later":
      return verifyLater(given.tag, context, ports);
    case "preflight":
      return verifyPreflight(given, context, ports);
    case "provenance":
      return verifyProvenance(given, context, ports);
    case "alignment":
      return alignFormulae(given, context, ports);
  }
}

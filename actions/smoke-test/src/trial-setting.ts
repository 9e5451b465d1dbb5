import type { SmokePolicy } from "#src/contract/config/smoke";
import type { Clock } from "#src/ports/clock";
import type { Nonces } from "#src/ports/nonces";
import type { BuiltArchives, InstallPorts } from "./install.ts";
import type { PlantedDefect } from "./planted-defect.ts";
import type { StepPorts } from "./run-step.ts";
import type { Setting } from "./source.ts";

/** What trying a scenario needs. */
export interface TrialPorts extends InstallPorts, StepPorts {
  nonces: Nonces;
  clock: Clock;
}

/** What all tries share. */
export interface TrialSetting extends Setting {
  policy: SmokePolicy;
  archives: BuiltArchives;
  /** Values of the parameters, credentials included. */
  values: ReadonlyMap<string, string>;
}

/** With which product a scenario is tried, in a workspace of which name, and until when. */
export interface Manner {
  product: "released" | "previous" | PlantedDefect;
  name: string;
  /** Tells how many milliseconds are left. */
  left: () => number;
}

import type { RunnerEnvironment } from "#src/adapters/environment";
import { gitFormulaSource } from "#src/adapters/git-formula-source";
import { httpServedBytes } from "#src/adapters/http-served-bytes";
import { systemClock } from "#src/adapters/system-clock";
import { workspaceFormula } from "#src/adapters/workspace-formula";

/** Whoever is asked about formulae: taps on this server, the addresses in them, and the files of the job's own checkout. */
export function homebrewPorts(place: RunnerEnvironment, token: string) {
  return {
    formulae: gitFormulaSource({ ...place, token }),
    bytes: httpServedBytes(systemClock),
    file: workspaceFormula(place.workspace),
    server: place.serverUrl.replace(/\/+$/, ""),
  };
}

import type { Expectation } from "#src/domain/admission";
import type { Check } from "#src/domain/verdict";
import type { Planned } from "#src/stage-context";
import { causesOfChecks } from "./causes.ts";
import type { FilingPorts } from "./file-blockers.ts";
import { gatherDetails } from "./gather-evidence.ts";
import { blockersText } from "./text.ts";

/** Writes what blocks the release for the collector's summary, whether or not a filing run makes issues of it. */
export async function summariseBlockers(
  { planned, checks, secrets }: { planned: Planned; checks: Check[]; secrets: string[] },
  expected: Expectation,
  { store, run }: FilingPorts,
): Promise<string> {
  const { config, release } = planned;
  const causes = causesOfChecks({ stage: "release-gates", leg: "" }, checks);
  const details = await gatherDetails(causes, [], { store, gates: config.gates, expected, secrets });
  const around = { repository: release.repository, commit: release.sha, run, jobs: undefined, details };
  return blockersText({ name: release.tag, policy: config.blockers }, causes, around);
}

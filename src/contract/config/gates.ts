import * as z from "zod";
import { duration, milliseconds, uniqueById } from "#src/contract/config/fields";
import { advisoriesGate } from "#src/contract/config/gates/advisories";
import { approvalGate } from "#src/contract/config/gates/approval";
import { attestationGate } from "#src/contract/config/gates/attestation";
import { benchmarkGate } from "#src/contract/config/gates/benchmark";
import { calendarGate } from "#src/contract/config/gates/calendar";
import { checksGate } from "#src/contract/config/gates/checks";
import { commandGate } from "#src/contract/config/gates/command";
import { driftGate } from "#src/contract/config/gates/drift";
import { issuesGate } from "#src/contract/config/gates/issues";
import { junitGate } from "#src/contract/config/gates/junit";
import { licencesGate } from "#src/contract/config/gates/licences";
import { logGate } from "#src/contract/config/gates/log";
import { notApplicableGate } from "#src/contract/config/gates/not-applicable";
import { changelogGate, lockstepGate } from "#src/contract/config/gates/planned";
import { quickstartGate } from "#src/contract/config/gates/quickstart";
import { sarifGate } from "#src/contract/config/gates/sarif";
import { soakGate } from "#src/contract/config/gates/soak";
import { criteriaGate, knownFailuresGate } from "#src/contract/config/gates/tests";
import { topologyGate } from "#src/contract/config/gates/topology";

/** One gate as the configuration states it. */
export const gateSchema = z
  .discriminatedUnion("kind", [
    commandGate,
    checksGate,
    junitGate,
    lockstepGate,
    changelogGate,
    licencesGate,
    advisoriesGate,
    sarifGate,
    knownFailuresGate,
    criteriaGate,
    attestationGate,
    calendarGate,
    approvalGate,
    benchmarkGate,
    topologyGate,
    driftGate,
    quickstartGate,
    logGate,
    soakGate,
    issuesGate,
    notApplicableGate,
  ])
  .superRefine(refuseLongIdling);

/** A command that may be silent for as long as it may run is never stopped for its silence. */
function refuseLongIdling(
  gate: { id: string; timeout?: string; "idle-timeout"?: string | undefined },
  context: z.core.$RefinementCtx,
): void {
  const { timeout, "idle-timeout": idle } = gate;
  if (timeout === undefined || idle === undefined) return;
  if (![timeout, idle].every((time) => duration().safeParse(time).success)) return;
  if (milliseconds(idle) < milliseconds(timeout)) return;
  const message = `expected less than the gate's \`timeout\` of ${timeout}, which stops it first`;
  context.addIssue({ code: "custom", path: ["idle-timeout"], message });
}

/** What must hold before a commit may be released. */
export const gatesSection = uniqueById(gateSchema).default([]).describe("Gates; each runs as a job of its own.");

/** A gate of the configuration. */
export type GatePolicy = z.infer<typeof gateSchema>;

/** A gate that is judged. */
export type ApplicableGate = Exclude<GatePolicy, { kind: "not-applicable" }>;

/** A gate of one kind. */
export type GateOf<Kind extends GatePolicy["kind"]> = Extract<GatePolicy, { kind: Kind }>;

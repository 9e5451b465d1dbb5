import { milliseconds } from "#src/contract/config/fields";
import type { ApplicableGate } from "#src/contract/config/gates";
import type { TagPolicy } from "#src/contract/config/tag";

/** What GitHub lets a job of its runners take. */
const longest = 360;

/** What a job does besides what the configuration limits: a checkout, the evidence, the seconds to stop a command in. */
const besides = 10;

/** How many minutes the job of a gate may take: all that the gate's own limits allow, and the rest of the job. */
export function gateMinutes(gate: ApplicableGate): number {
  if (gate.kind === "checks") return minutesFor(limitOf(gate.wait));
  return minutesFor("timeout" in gate ? commandsOf(gate) * limitOf(gate.timeout) : 0);
}

/** How many minutes the job may take that waits for people's answers. */
export function approvalMinutes(gates: ApplicableGate[]): number {
  const waits = gates.map((gate) => (gate.kind === "approval" ? limitOf(gate.wait) : 0));
  return minutesFor(waits.reduce((sum, wait) => sum + wait, 0));
}

/** How many minutes the job of the tag may take: as long as it looks for the run that it starts, and follows it. */
export function tagMinutes({ next }: Pick<TagPolicy, "next">): number {
  if (next.mode !== "dispatch" && next.mode !== "token") return minutesFor(0);
  return minutesFor(limitOf(next.observe) + (next.follow ? limitOf(next["follow-timeout"]) : 0));
}

/** How many command lines a gate runs one after the other, each with the whole of its time. */
function commandsOf(gate: Extract<ApplicableGate, { timeout: string }>): number {
  if (gate.kind === "benchmark") return 2 * gate.runs + (gate.prepare === undefined ? 0 : 2);
  if (gate.kind !== "command") return 1;
  const parts = gate.parts.filter(({ run, "not-applicable": excuse }) => run !== undefined && excuse === undefined);
  return (gate.run === undefined ? 0 : 1) + parts.length + (gate["self-test"] === undefined ? 0 : 2);
}

const limitOf = (duration: string | undefined) => (duration === undefined ? 0 : milliseconds(duration));

const minutesFor = (limits: number) => Math.min(longest, Math.ceil(limits / 60_000) + besides);

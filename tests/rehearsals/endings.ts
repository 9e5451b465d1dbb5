import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Fault } from "../../rehearsal/faults/fault.ts";
import { leftTrace } from "../../rehearsal/faults/trace.ts";
import { countRequests } from "../../rehearsal/request-counts.ts";
import { root } from "../root.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { expectEarned } from "./earned.ts";
import { playFault } from "./play-fault.ts";

/** Lets one thing go wrong and expects it to be met, the verdict, the reason code, the exit code, a report, and no write too many. */
export async function endsAsExpected(fault: Fault): Promise<Ending> {
  const expected = fault.repair?.expected ?? fault.expected;
  const ended = await playFault(fault);
  const { code, output, folder } = ended;
  expectMet(fault, folder);
  const verdict = verdictIn(folder);
  expectEnding(verdict, expected, output);
  if (fault.repair) expectEnding(verdictIn(join(folder, "before-repair")), fault.expected, output);
  expect(code, output).toBe(expected.verdict === "Released" ? 0 : 1);
  expect(existsSync(join(folder, "report.html"))).toBe(true);
  const config = readFileSync(join(root, "examples", fault.example, ".github/seaworthy.yml"), "utf8");
  expectEarned(ended, /^ +github-release: false\b/m.test(config));
  return ended;
}

function expectEnding(found: ReturnType<typeof verdictIn>, expected: Fault["expected"], output: string): void {
  expect(found.verdict, output).toBe(expected.verdict);
  if (expected.reason) expect(found.reason.code, output).toBe(expected.reason);
  for (const name of expected.names ?? []) expect(found.reason.text, output).toContain(name);
}

/**
 * Expects a release in which nothing goes wrong: Released with exit code 0, what was published earned and there, and, besides the
 * bytes of its assets, fifteen requests to GitHub's API at most.
 */
export function expectReleased(ended: Ending, { ownRelease = false } = {}): void {
  const { code, output, folder } = ended;
  expect(verdictIn(folder).verdict, output).toBe("Released");
  expect(code, output).toBe(0);
  expectEarned(ended, ownRelease);
  const asked = countRequests(join(folder, "requests.jsonl")).reduce((sum, { api }) => sum + api, 0);
  expect(asked, output).toBeGreaterThan(0);
  expect(asked, output).toBeLessThanOrEqual(15);
}

/** Expects a fault of a server to have left its trace: an ending that fits proves nothing where no server acted on the fault. */
export function expectMet({ name, trace }: Fault, folder: string): void {
  if (trace) expect(leftTrace(folder, trace), `the trace of ${name}: ${JSON.stringify(trace)}`).toBe(true);
}

/** Expects a rehearsal that cannot start to say so, with exit code 2 and nothing left behind. */
export async function complains(args: string[], text: string, env = process.env): Promise<Ending> {
  const folder = join(aFolder(), "kept");
  const ended = await drive(folder, args, env);
  const { code, output } = ended;
  expect(output).toContain(text);
  expect(code, output).toBe(2);
  expect(existsSync(join(folder, "latest")), output).toBe(false);
  return ended;
}

import * as z from "zod";
import { expiry, isOver } from "#src/contract/config/gates/accepted";
import type { TestResults } from "#src/domain/junit-report";
import type { Finding } from "../leg-report.ts";
import { idsOf, judgeWholeness, named } from "./judge-junit.ts";

/** The baseline: tests that may fail, each with a ticket and a last day, no test twice. */
export const baselineSchema = z
  .array(z.strictObject({ test: z.string().min(1), ticket: z.string().trim().min(1), expires: expiry() }))
  .refine((list) => new Set(list.map(({ test }) => test)).size === list.length, "a test stands there twice");

/** What the gate compares the results with. */
export interface Known {
  baseline: z.infer<typeof baselineSchema>;
  onFixed: "report" | "block";
  now: Date;
  exit: number;
  /** Exit codes by which the command says that tests have failed; any other is a crash. */
  findingExits: readonly number[];
}

/** Judges which tests failed: each is in the baseline and its day is not over; what passes must leave the baseline. */
export function judgeKnownFailures(results: TestResults, { baseline, onFixed, now, ...run }: Known): Finding {
  const failed = idsOf(results, "failed");
  const entries = new Map(baseline.map((entry) => [entry.test, entry]));
  const unknown = failed.filter((id) => !entries.has(id));
  if (unknown.length > 0)
    return fail("gates.failure-not-in-baseline", `expected failures of the baseline only, found ${named(unknown)}`);
  const over = failed.flatMap((id) => entries.get(id) ?? []).filter(({ expires }) => isOver(expires, now));
  if (over.length > 0) {
    const names = named(over.map(({ test, ticket, expires }) => `${test} (${ticket}, until ${expires})`));
    return fail("gates.baseline-expired", `expected failures whose day is not over, found ${names}`);
  }
  const incomplete = judgeWholeness(results);
  if (incomplete) return incomplete;
  if (results.tests.size === idsOf(results, "skipped").length) {
    return {
      result: "inconclusive",
      code: "gates.zero-tests",
      because: "expected executed tests, found none",
      evidence: [],
    };
  }
  const crash = judgeExit(failed, run);
  if (crash) return crash;
  const fixed = baseline.filter(
    ({ test }) => results.tests.get(test) !== "failed" && results.tests.get(test) !== "skipped",
  );
  const leave = fixed.length === 0 ? "" : `; to be removed from the baseline: ${named(fixed.map(({ test }) => test))}`;
  if (leave !== "" && onFixed === "block")
    return fail("gates.baseline-fixed", `expected a baseline of failing tests${leave}`);
  const tickets = failed.map((id) => `${id} (${entries.get(id)?.ticket ?? ""})`);
  const because = `${failed.length === 0 ? "no test failed" : `accepted failures: ${tickets.join(", ")}`}${leave}`;
  return { result: "pass", because, evidence: [] };
}

/** A failed test explains only the exit code that tells of failed tests. */
function judgeExit(
  failed: string[],
  { exit, findingExits }: Pick<Known, "exit" | "findingExits">,
): Finding | undefined {
  if (exit === 0 || (failed.length > 0 && findingExits.includes(exit))) return undefined;
  const expected = failed.length === 0 ? "0 where no test has failed" : `0 or ${findingExits.join(" or ")}`;
  return fail("gates.failed", `expected exit code ${expected}, found ${exit}`);
}

function fail(code: NonNullable<Finding["code"]>, because: string): Finding {
  return { result: "fail", code, because, evidence: [] };
}

import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import { type TestEnding, type TestResults, testsNamed } from "#src/domain/junit-report";
import type { CheckResult } from "#src/domain/verdict";
import type { Finding } from "../leg-report.ts";

type Policy = Pick<GateOf<"junit">, "min-executed" | "max-skipped" | "required-tests"> & {
  /** Tests that the plan requires for what has changed. */
  mustRun?: string[];
};
type Rule = (policy: Policy, results: TestResults) => Complaint | undefined;
type Complaint = { result: CheckResult; code: Code; because: string };

const shown = 10;
const longest = 200;

/** Judges test results: failures first, then what was not executed, then what was skipped. `exit` is that of the command. */
export function judgeTests(policy: Policy, results: TestResults, exit: number): Finding {
  const complaint = rules.map((rule) => rule(policy, results)).find((found) => found !== undefined);
  if (complaint) return { ...complaint, evidence: [] };
  if (exit !== 0) {
    const because = `expected exit code 0 where no test has failed, found ${exit}`;
    return { result: "fail", code: "gates.failed", because, evidence: [] };
  }
  return { result: "pass", because: `${told(results)}, none failed`, evidence: [] };
}

/** Lists the ids of the tests that ended in a certain way, in order. */
export function idsOf({ tests }: TestResults, wanted: TestEnding): string[] {
  return [...tests].flatMap(([id, ending]) => (ending === wanted ? [id] : [])).sort();
}

/** Names at most ten, and how many more there are. */
export function named(ids: string[]): string {
  const rest = ids.length - shown;
  const names = ids.slice(0, shown).map((id) => id.slice(0, longest));
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Judges whether the reports are whole: suites show what they count. */
export function judgeWholeness({ unexplained, incomplete }: TestResults): Finding | undefined {
  if (unexplained.length > 0) {
    const because = `expected tests that show every failure, found: ${named(unexplained)}`;
    return { result: "fail", code: "gates.tests-failed", because, evidence: [] };
  }
  if (incomplete.length === 0) return undefined;
  const because = `expected whole reports, found: ${named(incomplete)}`;
  return { result: "inconclusive", code: "gates.report-incomplete", because, evidence: [] };
}

const rules: Rule[] = [
  (_policy, results) => {
    const failed = idsOf(results, "failed");
    if (failed.length === 0) return undefined;
    return { result: "fail", code: "gates.tests-failed", because: `expected no failed test, found ${named(failed)}` };
  },
  (_policy, results) => {
    const finding = judgeWholeness(results);
    return finding?.code && { result: finding.result, code: finding.code, because: finding.because };
  },
  (_policy, results) => {
    if (executed(results) > 0) return undefined;
    return {
      result: "inconclusive",
      code: "gates.zero-tests",
      because: `expected executed tests, found ${told(results)}`,
    };
  },
  ({ "min-executed": least }, results) => {
    if (executed(results) >= least) return undefined;
    const because = `expected at least ${least} executed tests, found ${told(results)}`;
    return { result: "inconclusive", code: "gates.too-few-tests", because };
  },
  ({ "required-tests": required }, results) => {
    const absent = required.filter((test) => testsNamed(results, test).length === 0);
    if (absent.length === 0) return undefined;
    const because = `expected every required test in the reports, found none of the name ${named(absent)}`;
    return { result: "inconclusive", code: "gates.required-test-absent", because };
  },
  ({ "required-tests": required }, results) => {
    const skipped = required.filter((test) => testsNamed(results, test).includes("skipped"));
    if (skipped.length === 0) return undefined;
    const because = `expected every required test to be executed, found skipped ${named(skipped)}`;
    return { result: "inconclusive", code: "gates.required-test-skipped", because };
  },
  ({ mustRun = [] }, results) => {
    const ended = mustRun.map((test) => ({ test, endings: testsNamed(results, test) }));
    const open = ended.filter(({ endings }) => endings.length === 0 || endings.includes("skipped"));
    if (open.length === 0) return undefined;
    const because = `expected every test that the changes require to be executed, found absent or skipped ${named(open.map(({ test }) => test))}`;
    return { result: "inconclusive", code: "gates.must-run-missing", because };
  },
  ({ "max-skipped": most }, results) => {
    const skipped = idsOf(results, "skipped");
    if (most === undefined || skipped.length <= most) return undefined;
    const because = `expected at most ${most} skipped tests, found ${skipped.length}: ${named(skipped)}`;
    return { result: "fail", code: "gates.too-many-skipped", because };
  },
];

function executed({ tests }: TestResults): number {
  return [...tests.values()].filter((ending) => ending !== "skipped").length;
}

function told(results: TestResults): string {
  return `${executed(results)} executed and ${idsOf(results, "skipped").length} skipped tests`;
}

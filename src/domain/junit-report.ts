import { readXml, type XmlElement } from "#src/domain/xml";

/** How a test ended. */
export type TestEnding = "passed" | "failed" | "skipped";

/** What a set of reports says: each test by its id, `class::name`, and complaints about what does not add up. */
export interface TestResults {
  tests: Map<string, TestEnding>;
  /** Failures and errors that a suite counts and that no test of it shows. */
  unexplained: string[];
  /** Suites that announce more tests than they list. */
  incomplete: string[];
  /** Names of the suites in which a test was executed, also further in. */
  suites: string[];
}

const worst: TestEnding[] = ["skipped", "passed", "failed"];
const failing = new Set(["failure", "error"]);
const saysFailed = /^(fail(ed|ure)?|error(ed)?|crashed|aborted|timed-?out)$/i;
const notRun = /^(notrun|skipped|disabled|ignored)$/i;

/** Reads one report. Throws `RangeError` for what is not JUnit's XML: its root is `testsuites` or `testsuite`. */
export function readReport(bytes: Uint8Array): TestResults {
  const root = readXml(decode(bytes));
  if (root.name !== "testsuites" && root.name !== "testsuite") {
    throw new RangeError(`expected testsuites or testsuite as root, found ${root.name}`);
  }
  const found: TestResults = { tests: new Map(), unexplained: [], incomplete: [], suites: [] };
  readSuite(root, found);
  return found;
}

/** Joins reports. Of two tests with one id, a failure counts before a pass, and a pass before a skip. */
export function joinReports(reports: TestResults[]): TestResults {
  const joined: TestResults = { tests: new Map(), unexplained: [], incomplete: [], suites: [] };
  for (const { tests, unexplained, incomplete, suites } of reports) {
    for (const [id, ending] of tests) note(joined.tests, id, ending);
    joined.unexplained.push(...unexplained);
    joined.incomplete.push(...incomplete);
    joined.suites.push(...suites);
  }
  return joined;
}

/** Finds the tests that a reference names: by the full id, or by the name alone. */
export function testsNamed({ tests }: TestResults, reference: string): TestEnding[] {
  const exact = tests.get(reference);
  if (exact) return [exact];
  return [...tests].flatMap(([id, ending]) => (id.endsWith(`::${reference}`) ? [ending] : []));
}

/** Reads a suite and those within; tells how many tests it lists and executed, and how many failures they show. */
function readSuite(suite: XmlElement, found: TestResults): { listed: number; executed: number; failed: number } {
  let [listed, executed, failed] = [0, 0, 0];
  for (const child of suite.children) {
    if (child.name === "testsuite") {
      const inner = readSuite(child, found);
      listed += inner.listed;
      executed += inner.executed;
      failed += inner.failed;
    } else if (child.name === "testcase") {
      const ending = endingOf(child);
      note(found.tests, idOf(child, suite), ending);
      listed += 1;
      executed += ending === "skipped" ? 0 : 1;
      failed += child.children.filter(({ name }) => failing.has(name)).length;
    } else if (failing.has(child.name)) {
      found.unexplained.push(`${nameOf(suite)} has an error of its own`);
    }
  }
  if (count(suite, "failures") + count(suite, "errors") > failed) {
    found.unexplained.push(`${nameOf(suite)} counts more failures than its tests show`);
  }
  if (count(suite, "tests") > listed) {
    found.incomplete.push(`${nameOf(suite)} announces ${count(suite, "tests")} tests and lists ${listed}`);
  }
  const name = suite.attributes.get("name");
  if (name !== undefined && executed > 0 && suite.name === "testsuite") found.suites.push(name);
  return { listed, executed, failed };
}

function endingOf({ children, attributes }: XmlElement): TestEnding {
  const words = [attributes.get("status") ?? "", attributes.get("result") ?? ""];
  if (children.some(({ name }) => failing.has(name)) || words.some((word) => saysFailed.test(word))) return "failed";
  const skipped = children.some(({ name }) => name === "skipped") || words.some((word) => notRun.test(word));
  return skipped ? "skipped" : "passed";
}

function idOf({ attributes }: XmlElement, suite: XmlElement): string {
  const [name, group] = [
    attributes.get("name") ?? "",
    attributes.get("classname") ?? suite.attributes.get("name") ?? "",
  ];
  if (name === "") throw new RangeError("expected a name on every testcase, found one without");
  return group === "" ? name : `${group}::${name}`;
}

function note(tests: Map<string, TestEnding>, id: string, ending: TestEnding): void {
  const known = tests.get(id);
  if (known === undefined || worst.indexOf(ending) > worst.indexOf(known)) tests.set(id, ending);
}

function nameOf({ name, attributes }: XmlElement): string {
  return `${name} ${attributes.get("name") ?? "without a name"}`;
}

function count({ attributes }: XmlElement, key: string): number {
  const text = attributes.get(key) ?? "0";
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`expected a number in ${key}, found ${text.slice(0, 40)}`);
  return Number(text);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RangeError("expected UTF-8, found other bytes");
  }
}

import type { Outcome } from "./judge-conduct.ts";
import { titleOf } from "./scenario-checks.ts";

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Writes the scenarios as a JUnit report, with the class of each finding; what was not proven is an error, never a pass. */
export function junitXml(outcomes: Outcome[], version: string): string {
  const count = (...endings: string[]) => String(outcomes.filter(({ ending }) => endings.includes(ending)).length);
  const numbers = `tests="${outcomes.length}" failures="${count("fail")}" errors="${count("inconclusive", "external", "missing")}" skipped="${count("skipped")}"`;
  const cases = outcomes.map(testCase).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="${inXml(`smoke ${version}`)}" ${numbers}>\n${cases}</testsuite>\n`;
}

function testCase({ conduct: { scenario }, findings, ending }: Outcome): string {
  const open = `  <testcase classname="smoke.${inXml(scenario.id)}" name="${inXml(titleOf(scenario))}"`;
  if (ending === "pass") return `${open}/>\n`;
  if (ending === "skipped") return `${open}><skipped/></testcase>\n`;
  const element = ending === "fail" ? "failure" : "error";
  const inner = findings.map(
    ({ code, because, class: whose }) =>
      `<${element} type="${inXml(`${code} ${whose}`)}" message="${inXml(because)}"/>`,
  );
  return `${open}>${inner.join("")}</testcase>\n`;
}

/** Leaves out what XML has no place for, such as terminal codes. */
function inXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (mark) => marks[mark] ?? "");
}

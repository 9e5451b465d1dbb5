/** Severity in words, by the scale that CVSS and the npm client share; `none` for a score of 0. */
export type Severity = "none" | "low" | "moderate" | "high" | "critical";

const pattern = /^CVSS:3\.[01]\/((?:[A-Z]{1,3}:[A-Z]\/?)+)$/;

const weights = new Map([
  [
    "AV",
    new Map([
      ["N", 0.85],
      ["A", 0.62],
      ["L", 0.55],
      ["P", 0.2],
    ]),
  ],
  [
    "AC",
    new Map([
      ["L", 0.77],
      ["H", 0.44],
    ]),
  ],
  [
    "UI",
    new Map([
      ["N", 0.85],
      ["R", 0.62],
    ]),
  ],
  [
    "C",
    new Map([
      ["H", 0.56],
      ["L", 0.22],
      ["N", 0],
    ]),
  ],
  [
    "I",
    new Map([
      ["H", 0.56],
      ["L", 0.22],
      ["N", 0],
    ]),
  ],
  [
    "A",
    new Map([
      ["H", 0.56],
      ["L", 0.22],
      ["N", 0],
    ]),
  ],
]);
const privileges = {
  same: new Map([
    ["N", 0.85],
    ["L", 0.62],
    ["H", 0.27],
  ]),
  changed: new Map([
    ["N", 0.85],
    ["L", 0.68],
    ["H", 0.5],
  ]),
};

/** Rates a vector of CVSS 3.0 or 3.1 by its base score (specification 7.1 and 5); undefined for any other text. */
export function severityOf(vector: string): Severity | undefined {
  const [, body = ""] = pattern.exec(vector) ?? [];
  const metrics = new Map(
    body.split("/").map((part) => [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)]),
  );
  const changed = metrics.get("S") === "C";
  if (!changed && metrics.get("S") !== "U") return undefined;
  const weight = (name: string) => weights.get(name)?.get(metrics.get(name) ?? "") ?? Number.NaN;
  const privilege = (changed ? privileges.changed : privileges.same).get(metrics.get("PR") ?? "") ?? Number.NaN;
  const exploitability = 8.22 * weight("AV") * weight("AC") * privilege * weight("UI");
  const base = 1 - (1 - weight("C")) * (1 - weight("I")) * (1 - weight("A"));
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  const score = impact <= 0 ? 0 : roundUp(Math.min(10, (changed ? 1.08 : 1) * (impact + exploitability)));
  return Number.isNaN(exploitability + base) ? undefined : inWords(score);
}

/** Rounds up to one decimal without the noise of binary fractions (specification, appendix A). */
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

function inWords(score: number): Severity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "moderate";
  return score > 0 ? "low" : "none";
}

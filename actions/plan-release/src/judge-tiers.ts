import { applicableGates } from "#src/contract/config/applicable-gates";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Policy } from "./facts.ts";

/**
 * Judges that something will prove what the release requires: for each tier a gate that applies or a smoke scenario, for
 * each test a gate that looks for it. Only what decides counts. Nothing is asked where nothing is required.
 */
export function judgeTiers({ gates, smoke }: Policy, risk: RiskDocument): Check[] {
  const applying = applicableGates({ gates }).filter(({ id, required }) => required && !isLeftOut(risk, id));
  const provers = [...applying, ...smoke.scenarios.filter(({ required }) => required)];
  const tiers = risk.tiers.map(({ tier, because }) => ({
    ...{ tier, because },
    by: provers.filter((one) => one.tier === tier).map(({ id }) => id),
  }));
  const tests = risk["must-run"];
  const lookers = applying.filter((gate) => gate.kind === "junit" && gate["must-run"]);
  return [...(tiers.length > 0 ? [tiersCheck(tiers)] : []), ...(tests.length > 0 ? [testsCheck(tests, lookers)] : [])];
}

function tiersCheck(tiers: { tier: string; because: string; by: string[] }[]): Check {
  const ask = question("tiers", "Every required tier is proven by a gate or a scenario");
  const open = tiers.filter(({ by }) => by.length === 0);
  if (open.length === 0) return ask.pass(tiers.map(({ tier, by }) => `${tier} by ${by.join(", ")}`).join("; "));
  const because = open.map((one) => `no required gate or scenario of tier ${one.tier} (${one.because})`).join("; ");
  return ask.unsure("gates.tier-missing", `expected ${tiers.map(({ tier }) => tier).join(", ")}; found ${because}`);
}

function testsCheck(tests: RiskDocument["must-run"], gates: { id: string }[]): Check {
  const ask = question("must-run", "A gate looks for every test that must run");
  const named = tests.map(({ test, because }) => `${test} (${because})`).join("; ");
  return gates.length > 0
    ? ask.pass(`${gates.map(({ id }) => id).join(", ")} looks for ${named}`)
    : ask.unsure(
        "gates.must-run-missing",
        `expected a gate of kind junit with \`must-run: true\`, found none for ${named}`,
      );
}

function isLeftOut({ gates }: RiskDocument, id: string): boolean {
  return gates.some((gate) => gate.id === id && !gate.applies);
}

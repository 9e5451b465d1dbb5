import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { aRemote, baseDate, commitsAsking, type Given } from "../testing/plan-facts.ts";
import { composed, counted, survey } from "../testing/risk-facts.ts";

const first: Given = {
  policy: { version: { ...configSchema.parse({ version: { "first-release": true } }).version } },
  facts: { remote: aRemote({ tags: {} }) },
};
const sized = (total: number): Given => ({ facts: { commits: commitsAsking("minor", total) } });
const based = (date: string | undefined): Given => ({
  facts: { scene: { paths: survey({}), baseDate: date, missing: [], idle: [] } },
});

describe("PLN-43: the risk of a release", () => {
  it("is low where no rule finds a reason", () => {
    expect(composed({}).risk).toEqual({ level: "low", reasons: [] });
  });

  it.each<[rule: string, given: Given, level: string, because: string]>([
    ["breaking", counted({ breaking: 1 }), "high", "1 breaking change"],
    ["security", counted({ security: 2 }), "medium", "2 security fixes"],
    [
      "migrations",
      survey.given({ "risk:migrations": ["db/migrations/1.sql"] }),
      "high",
      "1 changed file of `risk.migrations`",
    ],
    ["critical", survey.given({ "risk:critical": ["a", "b"] }), "high", "2 changed files of `risk.critical`"],
    ["first-release", first, "medium", "no release went before"],
    ["large", sized(50), "medium", "50 commits"],
    ["large", survey.given({}, 200), "medium", "200 changed files"],
    ["stale", based("2025-10-03T12:00:00Z"), "medium", "90 days since the release before"],
  ])("%s is a reason: %#", (rule, given, level, because) => {
    const { risk } = composed(given);
    expect(risk).toMatchObject({ level, reasons: [{ rule, level, because }] });
  });

  it.each<[string, Given]>([
    ["49 commits are not many", sized(49)],
    ["199 files are not many", survey.given({}, 199)],
    ["89 days are not long", based("2025-10-03T12:00:01Z")],
  ])("%s", (_rule, given) => {
    expect(composed(given).risk.reasons).toEqual([]);
  });

  it("is the highest of all reasons, and each has the level that the configuration gives it", () => {
    const risk = configSchema.parse({ risk: { levels: { breaking: "medium", security: "low" } } }).risk;
    const { level, reasons } = composed({ ...counted({ breaking: 1, security: 1 }), policy: { risk } }).risk;
    expect(level).toBe("medium");
    expect(reasons.map((one) => [one.rule, one.level])).toEqual([
      ["breaking", "medium"],
      ["security", "low"],
    ]);
  });

  it("is high where it is not known what changed", () => {
    const paths = { known: false as const, because: "out of reach" };
    const { risk, changes } = composed({ facts: { scene: { paths, baseDate, missing: [], idle: [] } } });
    expect(risk).toMatchObject({ level: "high", reasons: [{ rule: "unknown" }] });
    expect(changes.files).toBeNull();
  });

  it("is that of a stale one where it is not known when the release before was tagged", () => {
    const { risk } = composed(based(undefined));
    expect(risk).toMatchObject({ level: "medium", reasons: [{ rule: "unknown", level: "medium" }] });
    expect(composed({ ...first, facts: { ...first.facts, ...based(undefined).facts } }).risk.reasons).toEqual([
      expect.objectContaining({ rule: "first-release" }),
    ]);
  });
});

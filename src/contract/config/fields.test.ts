import { describe, expect, it } from "vitest";
import { identifier } from "#src/contract/config/fields";
import { configSchema } from "#src/contract/config/schema";

const accepts = (config: object) => configSchema.safeParse(config).success;
const gate = (run: string) => ({ gates: [{ id: "tests", kind: "command", run }] });
const file = { files: ["a.json"] };
/** Every other place of a gate that takes a command line. */
const commanded: [string, (line: string) => object][] = [
  ["advisories.run", (run) => ({ kind: "advisories", format: "npm-audit", ...file, run })],
  ["junit.run", (run) => ({ kind: "junit", ...file, run })],
  ["licences.run", (run) => ({ kind: "licences", ...file, run })],
  ["benchmark.run", (run) => ({ kind: "benchmark", key: ["name"], value: "median", run })],
  ["benchmark.prepare", (prepare) => ({ kind: "benchmark", key: ["name"], value: "median", run: "bench", prepare })],
  ["self-test.good", (good) => ({ kind: "command", run: "check", "self-test": { good, bad: "check bad" } })],
  ["self-test.bad", (bad) => ({ kind: "command", run: "check", "self-test": { good: "check good", bad } })],
];
const scenario = (run: string) => ({ smoke: { scenarios: [{ id: "one", run, expect: { exit: 0 } }] } });

describe("ALL-15: a command that commands nothing", () => {
  it.each(["", " ", "\n\n", "# npm test", "\t# one\n  # two"])("%j is refused in a gate and in a scenario", (run) => {
    expect(accepts(gate(run))).toBe(false);
    expect(accepts(scenario(run))).toBe(false);
  });

  it.each(["npm test", "# first\nnpm test", ": # on purpose"])("is not %j", (run) => {
    expect(accepts(gate(run))).toBe(true);
    expect(accepts(scenario(run))).toBe(true);
  });
});

describe.each(commanded)("ALL-15: %s", (_name, gateWith) => {
  const acceptsLine = (line: string) => accepts({ gates: [{ id: "one", ...gateWith(line) }] });

  it.each(["", " ", "\n\n", "# npm audit", "\t# one\n  # two"])("of %j commands nothing, and is refused", (line) => {
    expect(acceptsLine(line)).toBe(false);
  });

  it("of a command after a comment is one", () => {
    expect(acceptsLine("# first\nnpm audit")).toBe(true);
  });
});

describe("WAT-13: a reason why nothing is watched", () => {
  it.each(["", "          ", "no host   "])("%j is none", (reason) => {
    expect(accepts({ watch: { "not-applicable": reason } })).toBe(false);
  });

  it("needs at least ten characters besides blanks", () => {
    expect(accepts({ watch: { "not-applicable": "  no host yet" } })).toBe(true);
  });
});

describe("an id", () => {
  it("of sixty characters is one, and a longer one is refused by its length alone, before anything else is read of it", () => {
    expect(identifier().safeParse("a".repeat(60)).success).toBe(true);
    const refused = identifier().safeParse(`${"a".repeat(50_000)}!`);
    expect(refused.error?.issues.map(({ message }) => message)).toEqual(["expected at most 60 characters"]);
  });
});

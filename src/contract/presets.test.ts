import { describe, expect, it } from "vitest";
import { presetNames } from "#src/contract/config/preset";
import { presets } from "#src/contract/presets";
import { readConfig } from "#src/contract/read-config";
import { Failure } from "#src/domain/failure";

const file = ".github/seaworthy.yml";

describe("a preset", () => {
  it.each(presetNames)("%s knows its own keys: what it leaves open is all that is complained about", (name) => {
    const refusal = refusalOf(`preset: ${name}\n`);
    for (const line of refusal.split("\n").slice(1)) {
      expect(line).toMatch(/found nothing$/);
      expect(line).toContain(`of the preset ${name}`);
    }
  });

  it("lies under the file, and the whole of it is what the plan freezes", () => {
    const config = readConfig("preset: small-project\ngates:\n  - { id: tests, run: npm test }\n", file);
    expect(config.preset).toBe("small-project");
    expect(config.gates.map(({ id }) => id)).toEqual(presetGates("small-project"));
    expect(config.gates[0]).toMatchObject({ id: "tests", kind: "command", run: "npm test", timeout: "15m" });
  });

  it("has its gates switched off with a reason only", () => {
    const off = (reason: string) =>
      `preset: small-project\ngates:\n  - { id: tests, run: make }\n  - { id: ci, kind: not-applicable${reason} }\n`;
    const [, ci] = readConfig(off(", reason: this machine is the only one"), file).gates;
    expect(ci).toEqual({
      id: "ci",
      title: "CI has passed on exactly this commit",
      required: true,
      kind: "not-applicable",
      reason: "this machine is the only one",
    });
    expect(refusalOf(off(""))).toContain("line 4: gates[1].reason: expected");
    expect(refusalOf(off(", reason: no"))).toContain("gates[1].reason: expected at least 10 characters of text");
  });

  it.each<[what: string, own: string, complaint: string]>([
    [
      "loses the parts of a gate",
      "gates:\n  - { id: memory-safety, run: 'true', parts: [] }",
      "line 3: gates[0].parts: expected the preset's list, or one that is not empty, found []",
    ],
    [
      "loses a list whose members have no ids",
      "gates:\n  - id: topology\n    workflows: []",
      "line 4: gates[0].workflows: expected the preset's list, or one that is not empty, found []",
    ],
    ["loses every gate", "gates: []", "line 2: gates: expected the preset's list, or one that is not empty, found []"],
    [
      "has a gate that decides nothing",
      "gates:\n  - { id: ci, required: false }",
      "line 3: gates[0].required: expected the preset's gate ci to decide; to leave it out, write `kind: not-applicable` with a reason, found false",
    ],
    [
      "has a gate of another kind",
      "gates:\n  - { id: ci, kind: command, run: 'true' }",
      'line 3: gates[0].kind: expected "checks", as in the preset; to judge otherwise, write `kind: not-applicable` with a reason, and a gate of your own, found "command"',
    ],
    [
      "has a gate that applies to nothing",
      "gates:\n  - { id: lint, kind: command, run: make lint }\n  - id: ci\n    applies-when: { paths: [nothing/here] }",
      "line 5: gates[1].applies-when: expected the preset's gate ci to apply always; to judge otherwise, write `kind: not-applicable` with a reason, and a gate of your own, found a condition",
    ],
  ])("is refused where the file %s without a reason", (_what, own, complaint) => {
    expect(refusalOf(`preset: release-manager\n${own}\n`).split("\n")).toContain(complaint);
  });

  it("keeps its channels", () => {
    const own = "preset: service\ngates:\n  - { id: tests, run: make }\nchannels: []\n";
    expect(refusalOf(own)).toContain("line 4: channels: expected the preset's list");
  });

  it("lets its gates be tightened, and the file's own gates be anything", () => {
    const own = "  - { id: ci, required: true, checks: [test, lint] }\n";
    const more =
      "  - { id: lint, kind: command, run: make lint, required: false, applies-when: { paths: [src/**] } }\n";
    const { gates } = readConfig(`preset: small-project\ngates:\n  - { id: tests, run: make }\n${own}${more}`, file);
    expect(gates).toMatchObject([{ id: "tests" }, { checks: ["test", "lint"] }, { required: false }]);
  });

  it("that nobody knows is refused alone, with the nearest name", () => {
    expect(refusalOf("preset: smal-project\ngates: [{ id: tests, run: npm test }]\n").split("\n")).toEqual([
      `${file}:`,
      expect.stringMatching(/^line 1: preset: .*found "smal-project" \(did you mean small-project\?\)$/),
    ]);
  });

  it("is named where it leaves something open that the file does not say", () => {
    expect(refusalOf("# a comment\npreset: small-project\n")).toContain(
      "line 2: gates[tests].run of the preset small-project: expected",
    );
  });
});

function presetGates(name: keyof typeof presets): unknown[] {
  const { gates } = presets[name].config;
  return Array.isArray(gates) ? gates.map(({ id }: { id: unknown }) => id) : [];
}

function refusalOf(text: string): string {
  try {
    readConfig(text, file);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return "";
}

import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { judgeDrift } from "./drift-gate.ts";

const notes = `### Added

- A flag for tides named tideTable.

### Breaking changes

- heights() takes metres.

#### Details

- parse-all is gone.

### Fixed

- **Breaking:** the option --raw
  and --json-lines are one.
- rows() ends.
`;

const usual = { exit: 0, findingExits: [1] };

describe("GAT-25: breaking drift", () => {
  it.each([
    ["passes when nothing is breaking", [], notes, "pass"],
    ["passes when a section names it", ["heights"], notes, "pass"],
    ["passes when a section inside of it names it", ["parse-all"], notes, "pass"],
    ["passes when an entry says so, over its lines", ["--raw", "--json-lines"], notes, "pass"],
    ["fails when another section names it", ["tideTable"], notes, "fail"],
    ["fails when the entry beside it names it", ["rows"], notes, "fail"],
    ["fails when only a longer word contains it", ["height"], notes, "fail"],
    ["fails when only a longer item contains it", ["parse"], notes, "fail"],
    ["fails when one of several is not named", ["heights", "rows"], notes, "fail"],
    ["fails when a section of what is not breaking names it", ["rows"], "### Non-breaking changes\n\n- rows\n", "fail"],
    ["fails when a section says that nothing is", ["rows"], "### No breaking changes\n\n- rows\n", "fail"],
    ["passes when a section says so in the middle", ["rows"], "### Minor breaking changes\n\n- rows\n", "pass"],
    ["fails without notes", ["heights"], "", "fail"],
  ])("%s", (_rule, items, text, result) => {
    const finding = judgeDrift(items, text, usual);
    expect(finding.result).toBe(result);
    if (result === "fail") expect(finding.code).toBe("gates.api-breaking-unjustified");
  });

  it("is no pass when the tool failed and named nothing", () => {
    expect(judgeDrift([], notes, { ...usual, exit: 1 })).toMatchObject({ result: "fail", code: "gates.failed" });
    expect(judgeDrift(["heights"], notes, { ...usual, exit: 1 }).result).toBe("pass");
  });

  it("is no pass when the tool crashed halfway through its list", () => {
    expect(judgeDrift(["heights"], notes, { ...usual, exit: 101 })).toMatchObject({
      result: "fail",
      code: "gates.failed",
    });
    expect(judgeDrift(["heights"], notes, { exit: 101, findingExits: [101] }).result).toBe("pass");
  });

  it("is read from the list that the command has written anew", async () => {
    const gate = { id: "api", kind: "drift", run: "list", files: ["drift.txt"] };
    const written = (text: string) =>
      gateTrial(gate, {
        files: [aFile("drift.txt", "old\n")],
        lines: {
          list: (files) => {
            files.splice(0, 1, aFile("drift.txt", text, { modified: 5 }));
            return anExecution();
          },
        },
      });
    const bad = written("\nheights\n\n");
    expect(decidingCode((await releaseGates(bad.given, bad.context, bad.ports)).checks)).toBe(
      "gates.api-breaking-unjustified",
    );
    const good = written("\n");
    expect(decidingCode((await releaseGates(good.given, good.context, good.ports)).checks)).toBeUndefined();
  });
});

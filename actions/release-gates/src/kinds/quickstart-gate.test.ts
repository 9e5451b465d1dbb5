import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { readQuickstart } from "./quickstart.ts";
import { judgeQuickstart } from "./quickstart-gate.ts";

const block = (kind: string, ...lines: string[]) =>
  ["# Tide", "```console", "$ other", "```", "<!-- quickstart -->", "", `\`\`\`${kind}`, ...lines, "```"].join("\n");

describe("the marked block of a document", () => {
  it("is read as a session, with what each command prints", () => {
    const text = block("console", "$ tide \\", "> --high", "4.6 m", "", "$ tide --low", "");
    expect(readQuickstart(text, "quickstart")).toEqual([
      { line: "tide \\\n--high", output: "4.6 m\n" },
      { line: "tide --low", output: undefined },
    ]);
  });

  it("is read as a script in any other language", () => {
    expect(readQuickstart(block("sh", "cd x", "tide"), "quickstart")).toEqual([
      { line: "cd x\ntide", output: undefined },
    ]);
  });

  it.each([
    ["the marker", "# Tide\n```sh\ntide\n```\n"],
    ["a block right under it", "<!-- quickstart -->\n\nText\n\n```sh\ntide\n```\n"],
    ["the end of the block", "<!-- quickstart -->\n```sh\ntide\n"],
    ["a command", block("sh", "# only a comment")],
    ["a command of a session", block("console", "4.6 m")],
  ])("is none without %s", (_what, text) => {
    expect(readQuickstart(text, "quickstart")).toBeUndefined();
  });
});

describe("GAT-26: a quickstart", () => {
  const high = { line: "tide --high", output: "4.6 m\nat noon" };
  const printed = (text: string) => anExecution({ output: `built\n--- quickstart 1 ---\n${text}` });

  it.each([
    ["passes by what it shows", high, printed("4.6 m\nat noon\n"), "pass"],
    ["passes with blanks at the ends of lines", high, printed("4.6 m  \nat noon\n\n"), "pass"],
    ["passes where dots stand for lines", { ...high, output: "4.6 m\n..." }, printed("4.6 m\nat\nnoon\n"), "pass"],
    ["passes where nothing is shown", { ...high, output: undefined }, printed("whatever\n"), "pass"],
    ["fails by another output", high, printed("4.7 m\nat noon\n"), "fail"],
    ["fails by more output", high, printed("4.6 m\nat noon\nand more\n"), "fail"],
    ["fails by less output", high, printed("4.6 m\n"), "fail"],
    ["fails by no output at all", high, anExecution({ output: "" }), "fail"],
    ["fails by its exit code", high, anExecution({ exit: 127, output: "tide: not found" }), "fail"],
  ])("%s", (_rule, command, execution, result) => {
    const finding = judgeQuickstart([command], execution);
    expect(finding.result, finding.because).toBe(result);
    if (result === "fail") expect(finding.code).toBe("gates.docs-mismatch");
  });

  it("types the block of the document after what prepares it, in one shell", async () => {
    const files = [aFile("docs/start.md", block("console", "$ tide", "4.6 m"))];
    const line = "npm ci\necho '--- quickstart 1 ---'\ntide";
    const gate = { id: "docs", kind: "quickstart", file: "docs/start.md", prepare: "npm ci" };
    const right = gateTrial(gate, { files, lines: { [line]: printed("4.6 m\n") } });
    expect(decidingCode((await releaseGates(right.given, right.context, right.ports)).checks)).toBeUndefined();
    const wrong = gateTrial(gate, { files, lines: { [line]: printed("5 m\n") } });
    expect(decidingCode((await releaseGates(wrong.given, wrong.context, wrong.ports)).checks)).toBe(
      "gates.docs-mismatch",
    );
  });

  it.each([
    ["the document", []],
    ["the block", [aFile("README.md", "# Tide\n")]],
  ])("is inconclusive without %s", async (_what, files) => {
    const { given, context, ports } = gateTrial({ id: "docs", kind: "quickstart" }, { files });
    expect(decidingCode((await releaseGates(given, context, ports)).checks)).toBe("gates.docs-unreadable");
  });

  it("keeps the code of what kept it from ending", () => {
    expect(judgeQuickstart([high], anExecution({ ending: "timed-out", exit: undefined })).code).toBe("gates.timeout");
  });
});

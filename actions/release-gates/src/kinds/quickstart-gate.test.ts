import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemShell } from "#src/adapters/system-shell";
import { decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { readQuickstart } from "./quickstart.ts";
import { judgeQuickstart, lineOf, nonceOf } from "./type-quickstart.ts";

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
      { line: "cd x", output: undefined },
      { line: "tide", output: undefined },
    ]);
  });

  it.each([
    ["goes on in the next line", ["tide \\", "  --high"]],
    ["ends with an operator", ["cd x &&", "tide"]],
    ["is more than a list of commands", ["for one in a b; do", "  tide", "done"]],
    ["holds a text of several lines", ["cat <<END", "tide", "END"]],
    ["leaves a quote open", ["echo 'a", "b'"]],
  ])("keeps a command whole that %s", (_how, lines) => {
    expect(readQuickstart(block("sh", ...lines), "quickstart")).toEqual([
      { line: lines.join("\n"), output: undefined },
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
  const nonce = "0123abcd";
  const printed = (text: string, mark = nonce) =>
    anExecution({ output: `built\n--- quickstart 1 ${mark} ---\n${text}\n--- quickstart end ${mark} ---\n` });

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
    const finding = judgeQuickstart([command], execution, nonce);
    expect(finding.result, finding.because).toBe(result);
    if (result === "fail") expect(finding.code).toBe("gates.docs-mismatch");
  });

  it("types the block of the document after what prepares it, in one shell", async () => {
    const files = [aFile("docs/start.md", block("console", "$ tide", "4.6 m"))];
    const text = block("console", "$ tide", "4.6 m");
    const commands = readQuickstart(text, "quickstart") ?? [];
    const mark = nonceOf(text, aSha());
    const line = lineOf(commands, { prepare: "npm ci", nonce: mark });
    const gate = { id: "docs", kind: "quickstart", file: "docs/start.md", prepare: "npm ci" };
    const right = gateTrial(gate, { files, lines: { [line]: printed("4.6 m\n", mark) } });
    expect(decidingCode((await releaseGates(right.given, right.context, right.ports)).checks)).toBeUndefined();
    const wrong = gateTrial(gate, { files, lines: { [line]: printed("5 m\n", mark) } });
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
    expect(judgeQuickstart([high], anExecution({ ending: "timed-out", exit: undefined }), nonce).code).toBe(
      "gates.timeout",
    );
  });
});

describe("GAT-26: a quickstart in a real shell", () => {
  async function type(doc: string, kind = "console") {
    const commands = readQuickstart(block(kind, ...doc.split("\n")), "quickstart") ?? [];
    const directory = mkdtempSync(join(tmpdir(), "quickstart-"));
    try {
      const line = lineOf(commands, { prepare: undefined, nonce: "0123abcd" });
      const environment = { PATH: process.env.PATH ?? "" };
      const execution = await systemShell().run({ line, directory, environment, timeout: 20_000 });
      return judgeQuickstart(commands, execution, "0123abcd");
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  it.each([
    ["the first of two commands in one line fails", "$ false && echo built\n$ echo done\ndone"],
    ["the last command is such a line", "$ echo done\n$ false && echo built"],
    ["a folder is not there", "$ cd /nowhere/at/all && make\n$ true"],
    ["a command ends the shell", "$ echo hi\nhi\n$ exit 0\n$ tide-table --version"],
    ["a command takes the shell's place", "$ exec true\n$ tide-table --version"],
    ["errors are switched off before one", "$ set +e\n$ false\n$ true"],
    ["a pipe breaks", "$ false | cat\n$ true"],
    ["a command imitates the marks of the next", "$ echo '--- quickstart 2 ---'; exit 0\n$ tide-table"],
  ])("fails where %s", async (_what, doc) => {
    expect(await type(doc)).toMatchObject({ result: "fail", code: "gates.docs-mismatch" });
  });

  it("fails where a line of a script fails before its end", async () => {
    expect((await type("false && echo built\necho done", "sh")).code).toBe("gates.docs-mismatch");
  });

  it("names the command that has failed", async () => {
    expect((await type("$ true\n$ false && echo built")).because).toContain("`false && echo built`");
  });

  it("passes where each command does, with what the one before has set, and without a last end of line", async () => {
    const doc =
      "$ mkdir x && cd x\n$ high=4.6\n$ printf $high\n4.6\n$ basename $PWD\nx\n$ cat <<END\n> low\n> END\nlow";
    expect((await type(doc)).because).toContain("5 commands of the documentation do what it says");
  });
});

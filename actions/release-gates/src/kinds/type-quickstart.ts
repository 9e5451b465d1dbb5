import { digestOf } from "#src/domain/digest";
import type { Execution } from "#src/ports/shell";
import { judgeExecution } from "../decide-command.ts";
import type { Finding } from "../leg-report.ts";
import type { ShownCommand } from "./quickstart.ts";

/** Names one run of a document at one commit: no text of the commit can hold it, as it depends on the commit's own id. */
export function nonceOf(text: string, sha: string): string {
  return digestOf({ text, sha }).slice(-32);
}

/**
 * Writes what is typed: a mark before each command and after the last, and a look at `$?` after each, since bash itself goes on
 * after some failures, as of `false && true`.
 */
export function lineOf(commands: ShownCommand[], around: { prepare: string | undefined; nonce: string }): string {
  const mark = (name: number | "end") => `printf '\\n%s\\n' '--- quickstart ${name} ${around.nonce} ---'`;
  const steps = commands.flatMap(({ line }, index) => [mark(index + 1), line, check]);
  return [...(around.prepare === undefined ? [] : [around.prepare, check]), ...steps, mark("end")].join("\n");
}

/** Errors end the shell again even where the command has switched that off. */
const check = "[ $? -eq 0 ] || exit 1\nset -eo pipefail";

/** Judges what the commands printed: all of it where the block shows some, in which a line `...` stands for any lines. */
export function judgeQuickstart(commands: ShownCommand[], execution: Execution, nonce: string): Finding {
  const finding = judgeExecution(execution);
  if (finding.result !== "pass" && finding.code !== "gates.failed") return finding;
  const [, ...printed] = execution.output.split(new RegExp(`^--- quickstart (?:\\d+|end) ${nonce} ---\\r?\\n`, "m"));
  const mismatch = (because: string): Finding => ({ ...finding, result: "fail", code: "gates.docs-mismatch", because });
  const reached = commands[Math.min(printed.length, commands.length) - 1];
  const place = reached ? `at \`${reached.line}\`` : "before the first command";
  if (finding.result !== "pass") return mismatch(`${finding.because}, ${place}`);
  if (printed.length !== commands.length + 1) {
    return mismatch(`expected every command to end and the next one to begin, found an end ${place}`);
  }
  const wrong = commands.findIndex(
    ({ output }, index) => output !== undefined && !agrees(output, printed[index] ?? ""),
  );
  const command = commands[wrong];
  if (!command) return { ...finding, because: `${commands.length} commands of the documentation do what it says` };
  return mismatch(`expected \`${command.line}\` to print ${quoted(command.output)}, found ${quoted(printed[wrong])}`);
}

function agrees(shown: string, printed: string): boolean {
  const literal = (line: string) => line.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const lines = shown.trim().split("\n");
  const pattern = lines.map((line) => (line.trim() === "..." ? "[\\s\\S]*" : literal(line))).join("\\s*\\n");
  return new RegExp(`^\\s*${pattern}\\s*$`).test(printed);
}

function quoted(text = ""): string {
  return JSON.stringify(text.trim().slice(0, 200));
}

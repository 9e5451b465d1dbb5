import { digestOfBytes } from "#src/domain/digest";
import type { Execution, Shell, ShellCommand } from "#src/ports/shell";

/** Builds an execution that exited with code 0. */
export function anExecution(overrides: Partial<Execution> = {}): Execution {
  const output = overrides.output ?? "";
  return {
    ending: "exited",
    exit: 0,
    output,
    outputDigest: digestOfBytes(output),
    duration: 5,
    silence: 0,
    ...overrides,
  };
}

/** A shell that answers by line; an unknown line is not started. It remembers what it was asked. */
export function fakeShell(
  answers: Record<string, Execution | (() => Execution)>,
  programs: Record<string, string> = {},
): Shell & { commands: ShellCommand[] } {
  const commands: ShellCommand[] = [];
  return {
    commands,
    which: async (program) => programs[program],
    async run(command) {
      commands.push(command);
      const answer = answers[command.line];
      const unknown = anExecution({ ending: "not-started", exit: undefined, output: `no answer for ${command.line}` });
      return typeof answer === "function" ? answer() : (answer ?? unknown);
    },
  };
}

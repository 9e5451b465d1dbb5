import { spawn } from "node:child_process";
import { ownEnvironment } from "#src/adapters/git-command";

/** One call of a program, with what it reads on standard input. */
export interface ProgramCall {
  program: string;
  args: string[];
  directory: string;
  variables: Record<string, string>;
  input?: string;
}

/** How a program ended: exit code (null where it was stopped), and both its outputs, their ends where they are long. */
export interface ProgramEnding {
  exit: number | null;
  output: string;
  complaint: string;
}

const patience = 60_000;
const outputLimit = 1024 * 1024;

/** Runs a program without a shell, without the action's inputs in its environment; `missing` where there is none. */
export function runProgram(call: ProgramCall): Promise<ProgramEnding | "missing"> {
  const { program, args, directory, variables, input = "" } = call;
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...ownEnvironment(), LC_ALL: "C.UTF-8", ...variables },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: patience,
  });
  const written = { output: "", complaint: "" };
  const collect = (name: keyof typeof written) => (text: string) => {
    written[name] = (written[name] + text).slice(-outputLimit);
  };
  child.stdout.setEncoding("utf8").on("data", collect("output"));
  child.stderr.setEncoding("utf8").on("data", collect("complaint"));
  // A program that ends early does not read all of its input; its exit code says what became of it.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once("error", () => resolve("missing"));
    child.once("close", (exit) => resolve({ exit, ...written }));
  });
}

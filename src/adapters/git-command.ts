import { spawn } from "node:child_process";
import { complaintOf } from "#src/adapters/program-complaint";

/** One call of git. */
export interface GitCall {
  args: string[];
  directory: string;
  /** Variables besides the machine's own; settings go in this way, so that no secret stands in an argument or on disk. */
  variables?: Record<string, string>;
  /** What git reads on its standard input; nothing where absent. */
  input?: string;
  /** Milliseconds after which it is stopped. */
  timeout?: number;
}

/** How a call ended. `missing` says that there was no git to start; `exit` is null where it was stopped. */
export type GitAnswer =
  | { ok: true; output: Buffer }
  | { ok: false; missing: boolean; exit: number | null; because: string };

/** How a streamed call ended; undefined stands for a good end. */
export type GitTrouble = Extract<GitAnswer, { ok: false }> | undefined;

const patience = 120_000;
const complaintLimit = 4_000;

/** Variables that would point git at another repository, or make it write what it is asked into a log. */
const misleading =
  /^GIT_(DIR|COMMON_DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|TRACE.*|CURL_VERBOSE)$/;

/** Runs git to its end and tells what it wrote. Nothing is thrown: whether an answer was needed is the caller's to say. */
export async function runGit(call: GitCall): Promise<GitAnswer> {
  const { output, ended } = startGit(call);
  const pieces: Buffer[] = [];
  for await (const piece of output) pieces.push(Buffer.from(piece));
  return (await ended) ?? { ok: true, output: Buffer.concat(pieces) };
}

/** Starts git and hands its output out as it comes, so that memory does not grow with it. */
export function startGit({ args, directory, variables = {}, input = "", timeout = patience }: GitCall) {
  const child = spawn("git", args, {
    cwd: directory,
    env: { ...ownEnvironment(), LC_ALL: "C.UTF-8", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", ...variables },
    stdio: ["pipe", "pipe", "pipe"],
    timeout,
  });
  // A git that ends before it has read everything tells why with its exit code.
  child.stdin.on("error", () => undefined).end(input);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-complaintLimit);
  });
  const ended = new Promise<GitTrouble>((resolve) => {
    child.once("error", ({ message }) => resolve({ ok: false, missing: true, exit: null, because: message }));
    child.once("close", (exit) =>
      resolve(exit === 0 ? undefined : { ok: false, missing: false, exit, because: reason(complaint, exit) }),
    );
  });
  return { output: child.stdout, ended };
}

/** Writes git settings as the variables that carry them (git-config, GIT_CONFIG_COUNT); an empty value resets a list. */
export function settingVariables(settings: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}

/** Gives the machine's variables without the action's inputs and the runner's tokens, which are none of git's business. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !misleading.test(name) && !/^(INPUT|ACTIONS)_/.test(name),
  );
  return Object.fromEntries(kept);
}

function reason(complaint: string, exit: number | null): string {
  return (
    complaintOf(complaint) ||
    (exit === null ? "git was stopped before it answered" : `git ended with exit code ${exit}`)
  );
}

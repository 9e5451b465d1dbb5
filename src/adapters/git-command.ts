import { spawn } from "node:child_process";
import { Failure } from "#src/domain/failure";

/** Where git runs, and the variables it gets besides the machine's own. */
export interface GitPlace {
  directory: string;
  environment?: Record<string, string>;
  /** Milliseconds after which it is stopped. */
  timeout?: number;
}

/** How a call of git ended: exit code (null where it was stopped), standard output, and the error text without credentials. */
export interface GitAnswer {
  exit: number | null;
  output: string;
  complaint: string;
}

const patience = 120_000;
const complaintLimit = 4_000;

/** Runs git to its end. Throws `all.tool-missing` where there is no git. */
export async function runGit(place: GitPlace, args: string[]): Promise<GitAnswer> {
  const call = startGit(place, args);
  const pieces: Buffer[] = [];
  for await (const piece of call.output) pieces.push(Buffer.from(piece));
  return { ...(await call.ended), output: Buffer.concat(pieces).toString("utf8") };
}

/** Starts git and hands out its output as it comes, so that memory does not grow with it. */
export function startGit({ directory, environment = {}, timeout = patience }: GitPlace, args: string[]) {
  const child = spawn("git", args, {
    cwd: directory,
    env: gitEnvironment(directory, environment),
    stdio: ["ignore", "pipe", "pipe"],
    timeout,
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-complaintLimit);
  });
  const ended = new Promise<Omit<GitAnswer, "output">>((resolve, reject) => {
    child.once("error", (cause) => reject(unstartable(directory, cause)));
    child.once("close", (exit) => resolve({ exit, complaint: withoutCredentials(complaint.trim()) }));
  });
  ended.catch(() => undefined);
  return { output: child.stdout, ended };
}

/** Never asks, never locks, never speaks another language; configuration goes in by variables, not by arguments or files. */
function gitEnvironment(directory: string, extra: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(GIT_|INPUT_|ACTIONS_)/.test(name));
  return {
    ...Object.fromEntries(own),
    LC_ALL: "C.UTF-8",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    ...configVariables([["safe.directory", directory], ...Object.entries(extra).flatMap(headerEntries)]),
  };
}

/** An empty value first drops the header that the checkout may have stored: two of them are refused by the server. */
function headerEntries([key, value]: [string, string]): [string, string][] {
  return [
    [key, ""],
    [key, value],
  ];
}

function configVariables(entries: [string, string][]): Record<string, string> {
  const pairs = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, "//***@");
}

function unstartable(directory: string, cause: Error): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: `expected git to start in ${directory}, found: ${cause.message}`,
    hint: "Install git in the job, and check the repository out before this step.",
    cause,
  });
}

/** The files through which a step speaks: outputs, state, environment, path and summary. Fresh for each step. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const kinds = {
  GITHUB_OUTPUT: "set_output",
  GITHUB_STATE: "save_state",
  GITHUB_ENV: "set_env",
  GITHUB_PATH: "add_path",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

/** What a step wrote. `errors` make the step fail. */
export interface FileCommands {
  outputs: Record<string, string>;
  state: Record<string, string>;
  env: Record<string, string>;
  path: string[];
  summary: string;
  errors: string[];
}

/** The largest summary that GitHub uploads, in bytes. */
const summaryLimit = 1024 * 1024;

/** Creates the files of one step; the result is the environment that names them. */
export async function createCommandFiles(temp: string): Promise<Record<string, string>> {
  const folder = join(temp, "_runner_file_commands");
  await mkdir(folder, { recursive: true });
  const id = randomUUID();
  const files = Object.entries(kinds).map(([variable, name]) => [variable, join(folder, `${name}_${id}`)] as const);
  await Promise.all(files.map(([, path]) => writeFile(path, "")));
  return Object.fromEntries(files);
}

/** Reads what a step wrote, also after it was killed. A broken file is an error, and what came before it counts. */
export async function readCommandFiles(files: Record<string, string>): Promise<FileCommands> {
  const errors: string[] = [];
  const text = (variable: string) => readFile(files[variable] ?? "", "utf8").catch(() => "");
  const pairs = async (variable: string) => {
    const { values, error } = parsePairs(await text(variable));
    if (error !== undefined) errors.push(`Unable to process file command '${variable}' successfully. ${error}`);
    return values;
  };
  const env = await pairs("GITHUB_ENV");
  if ("NODE_OPTIONS" in env) {
    errors.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    delete env.NODE_OPTIONS;
  }
  const path = (await text("GITHUB_PATH")).split(/\r?\n/).filter((line) => line !== "");
  const outputs = await pairs("GITHUB_OUTPUT");
  const state = await pairs("GITHUB_STATE");
  return { outputs, state, env, path, summary: await summaryOf(await text("GITHUB_STEP_SUMMARY"), errors), errors };
}

/** A summary that is too long is not shown; the step keeps its outcome, so its error is only reported. */
async function summaryOf(text: string, errors: string[]): Promise<string> {
  if (Buffer.byteLength(text) <= summaryLimit) return text;
  errors.push(summaryTooLong);
  return "";
}

/** The one complaint about a file that does not fail its step. */
export const summaryTooLong = "$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k.";

/** Parses `key=value` lines and `key<<DELIMITER` blocks by the rules of actions/runner, FileCommandManager.cs. */
export function parsePairs(text: string): { values: Record<string, string>; error?: string } {
  const values: Record<string, string> = {};
  const lines = text.replace(/\n$/, "").split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] === "") continue;
    const pair = parsePair(lines, at);
    if (typeof pair === "string") return { values, error: pair };
    values[pair.key] = pair.value;
    at = pair.last;
  }
  return { values };
}

/** Parses the pair that begins at a line; a text says what is wrong with it. */
function parsePair(lines: string[], at: number): { key: string; value: string; last: number } | string {
  const line = lines[at] ?? "";
  const equals = line.indexOf("=");
  const heredoc = line.indexOf("<<");
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    if (equals === 0) return `Invalid format '${line}'. Name must not be empty`;
    return { key: line.slice(0, equals), value: line.slice(equals + 1), last: at };
  }
  const delimiter = line.slice(heredoc + 2);
  if (heredoc <= 0 || delimiter === "") return `Invalid format '${line}'`;
  const end = lines.indexOf(delimiter, at + 1);
  if (end < 0) return `Invalid value. Matching delimiter not found '${delimiter}'`;
  return { key: line.slice(0, heredoc), value: lines.slice(at + 1, end).join("\n"), last: end };
}

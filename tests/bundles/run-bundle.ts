import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePairs } from "../../rehearsal/runner/file-commands.ts";
import { root } from "../root.ts";

/** How a shipped bundle ended. */
export interface BundleEnding {
  code: number | null;
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

/** What a bundle is started with besides the runner's own variables. */
export interface BundleStart {
  inputs?: Record<string, string>;
  environment?: Record<string, string>;
  /** Module that is loaded first; it stands for a machine on which something goes wrong. */
  preload?: string;
}

/** Runs the committed bundle of an action as the runner would, without any service behind it unless told otherwise. */
export function runBundle(
  action: string,
  { inputs = {}, environment = {}, preload }: BundleStart = {},
): Promise<BundleEnding> {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  const file = (name: string) => {
    writeFileSync(join(folder, name), "");
    return join(folder, name);
  };
  const files = { GITHUB_OUTPUT: file("output"), GITHUB_STEP_SUMMARY: file("summary"), GITHUB_STATE: file("state") };
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    ...runnerVariables(folder),
    ...files,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...environment,
  };
  const argv = [
    ...(preload ? ["--import", join(root, "tests/bundles", preload)] : []),
    join(root, "dist", action, "index.js"),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const log = Buffer.concat(chunks).toString();
      const read = (path: string) => readFileSync(path, "utf8");
      try {
        const outputs = readOutputs(read(files.GITHUB_OUTPUT));
        resolve({ code, log, outputs, summary: read(files.GITHUB_STEP_SUMMARY) });
      } catch (cause) {
        reject(cause);
      }
    });
  });
}

function runnerVariables(folder: string): Record<string, string> {
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "octo/tide",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_JOB: "job",
    GITHUB_SHA: "a".repeat(40),
    GITHUB_SERVER_URL: "http://gh.localhost:9",
    GITHUB_API_URL: "http://127.0.0.1:9",
    ACTIONS_RESULTS_URL: "http://127.0.0.1:9/",
    ACTIONS_RUNTIME_TOKEN: aRuntimeToken,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const aRuntimeToken = `${encode({ alg: "none" })}.${encode({ scp: "Actions.Results:7:8" })}.x`;

/** Reads the file of outputs as the runner does. Throws where the runner would fail the step. */
function readOutputs(text: string): Record<string, string> {
  const { values, error } = parsePairs(text);
  if (error !== undefined) throw new Error(`expected outputs that the runner reads, found: ${error}`);
  return values;
}

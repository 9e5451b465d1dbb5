import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as z from "zod";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";

/** Every variable of the runner that the suite reads, with what it holds. */
const variables = z.object({
  GITHUB_REPOSITORY: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+$/)
    .describe("Owner and name of the repository."),
  GITHUB_RUN_ID: z.string().regex(/^\d+$/).describe("Id of the run."),
  GITHUB_RUN_ATTEMPT: z.coerce.number().int().positive().describe("Attempt of the run, from 1."),
  GITHUB_JOB: z.string().default("").describe("Id of the job."),
  GITHUB_SHA: z.string().regex(fullSha).describe("Commit that started the run."),
  GITHUB_REF: z.string().default("").describe("Ref that started the run."),
  GITHUB_ACTOR: z.string().default("").describe("Who started the run."),
  GITHUB_EVENT_NAME: z.string().default("").describe("Event that started the run."),
  GITHUB_EVENT_PATH: z.string().default("").describe("File that holds the event as it was sent."),
  GITHUB_SERVER_URL: z.url().default("https://github.com").describe("Address of the server, for links and git."),
  GITHUB_API_URL: z.url().default("https://api.github.com").describe("Address of the REST API."),
  GITHUB_WORKFLOW_REF: z.string().default("").describe("Workflow that runs, as `owner/name/path@ref`."),
  GITHUB_WORKSPACE: z.string().default(process.cwd()).describe("Checkout of the repository."),
  RUNNER_TEMP: z.string().default(tmpdir()).describe("Folder for temporary files, emptied for each job."),
});

/** What the runner tells about the run. */
export interface RunnerEnvironment {
  repository: string;
  run: { id: string; attempt: number; job: string; url: string };
  sha: string;
  ref: string;
  actor: string;
  event: string;
  /** File that holds the event as it was sent; empty where there is none. */
  eventFile: string;
  serverUrl: string;
  apiUrl: string;
  workflow: string;
  workspace: string;
  temp: string;
}

/** Reads the runner's variables. Throws `all.input-invalid` outside a workflow run. */
export function readEnvironment(environment: Record<string, string | undefined> = process.env): RunnerEnvironment {
  const parsed = variables.safeParse(environment);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new Failure({
      kind: "input",
      code: "all.input-invalid",
      message: `expected the variables of a workflow run, found ${names.join(", ")} missing or malformed`,
      hint: "Run the action in a workflow, or on this machine through `npm run rehearse`.",
    });
  }
  const given = parsed.data;
  return {
    repository: given.GITHUB_REPOSITORY,
    run: {
      id: given.GITHUB_RUN_ID,
      attempt: given.GITHUB_RUN_ATTEMPT,
      job: given.GITHUB_JOB,
      url: `${given.GITHUB_SERVER_URL}/${given.GITHUB_REPOSITORY}/actions/runs/${given.GITHUB_RUN_ID}`,
    },
    sha: given.GITHUB_SHA,
    ref: given.GITHUB_REF,
    actor: given.GITHUB_ACTOR,
    event: given.GITHUB_EVENT_NAME,
    eventFile: given.GITHUB_EVENT_PATH,
    serverUrl: given.GITHUB_SERVER_URL,
    apiUrl: given.GITHUB_API_URL,
    workflow: given.GITHUB_WORKFLOW_REF,
    workspace: given.GITHUB_WORKSPACE,
    temp: given.RUNNER_TEMP,
  };
}

/** Reads the event's payload; undefined where there is no such file or it is no JSON, so that whoever needs it must say so. */
export function readEvent(file: string): unknown {
  try {
    return file === "" ? undefined : JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

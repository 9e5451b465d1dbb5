import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ArtifactBackend } from "../rehearsal/artifacts/start-artifacts.ts";
import { type History, serverUrl } from "./history.ts";
import type { Command } from "./measure.ts";

let runs = 1_000;

/** Builds a start of the shipped plan-release on a checkout, as a runner would start it, with the embedded artifact service behind it. */
export function planCommand(
  { folder, head }: History,
  {
    work,
    inputs,
    backend,
    bundle,
    code,
  }: { work: string; inputs: Record<string, string>; backend: ArtifactBackend; bundle: string; code: number },
): Command {
  runs += 1;
  const temp = mkdtempSync(join(folder, "run-"));
  const file = (name: string) => {
    writeFileSync(join(temp, name), "");
    return join(temp, name);
  };
  const given = { "github-token": "t0ken", operator: "ada", "release-mode": "live", ...inputs };
  return {
    argv: [process.execPath, bundle],
    directory: work,
    code,
    environment: {
      PATH: process.env.PATH ?? "",
      HOME: temp,
      RUNNER_TEMP: temp,
      RUNNER_TRACKING_ID: "bench",
      GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
      GIT_CONFIG_NOSYSTEM: "1",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTOR: "ada",
      GITHUB_API_URL: "http://127.0.0.1:9",
      GITHUB_EVENT_NAME: "push",
      GITHUB_JOB: "plan",
      GITHUB_OUTPUT: file("output"),
      GITHUB_REF: "refs/heads/main",
      GITHUB_REPOSITORY: "octo/tide",
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_RUN_ID: String(runs),
      GITHUB_SERVER_URL: serverUrl,
      GITHUB_SHA: head,
      GITHUB_STATE: file("state"),
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_WORKFLOW_REF: "octo/tide/.github/workflows/release.yml@refs/heads/main",
      GITHUB_WORKSPACE: work,
      ACTIONS_RESULTS_URL: backend.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: backend.runtimeToken({ runId: runs, jobId: 1 }),
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  };
}

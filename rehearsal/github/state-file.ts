import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { writeWhole } from "../write-whole.ts";
import { type State, stateSchema } from "./state.ts";

/** Gives the state of a repository in which nothing has happened yet. */
export function emptyState(createdAt: string): State {
  return {
    nextId: 1001,
    createdAt,
    latestRelease: null,
    immutableReleases: false,
    burntTags: [],
    releases: [],
    assets: [],
    issues: [],
    milestones: [],
    issueEvents: [],
    pulls: [],
    comments: [],
    labels: [],
    deployments: [],
    deploymentStates: [],
    environments: [],
    checkRuns: [],
    statuses: [],
    runs: [],
    jobs: [],
    approvals: [],
    pending: [],
    dispatches: [],
    rulesets: [],
    attestations: [],
    signingKeys: [],
  };
}

/** Reads a saved state; undefined when there is none, and throws when the file is not one. */
export function loadState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`expected ${file} to be a saved GitHub state: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Saves a state whole or not at all, so that a process killed meanwhile leaves the former one. */
export function saveState(file: string, state: State): void {
  writeWhole(file, JSON.stringify(state));
}

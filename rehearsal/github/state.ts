import * as z from "zod";
import { trackerRecords } from "./tracker-records.ts";

const id = z.number().int();
const at = z.string();
const json = z.record(z.string(), z.unknown());

const release = z.object({
  id,
  tag: z.string(),
  commitish: z.string(),
  name: z.string().nullable(),
  body: z.string().nullable(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  immutable: z.boolean(),
  createdAt: at,
  publishedAt: at.nullable(),
  updatedAt: at,
  author: z.string(),
});
const asset = z.object({
  id,
  releaseId: id,
  name: z.string(),
  label: z.string().nullable(),
  contentType: z.string(),
  size: id,
  digest: z.string(),
  base64: z.string(),
  downloads: id,
  createdAt: at,
  updatedAt: at,
  uploader: z.string(),
});
const deployment = z.object({
  id,
  sha: z.string(),
  ref: z.string(),
  task: z.string(),
  environment: z.string(),
  description: z.string().nullable(),
  payload: z.union([json, z.string()]),
  transient: z.boolean(),
  production: z.boolean(),
  creator: z.string(),
  createdAt: at,
  updatedAt: at,
});
const deploymentState = z.object({
  id,
  deployment: id,
  state: z.enum(["error", "failure", "inactive", "pending", "success", "queued", "in_progress"]),
  description: z.string(),
  environment: z.string(),
  environmentUrl: z.string(),
  logUrl: z.string(),
  creator: z.string(),
  createdAt: at,
});
const environment = z.object({
  id,
  name: z.string(),
  reviewers: z.array(z.string()),
  waitMinutes: id,
  preventSelfReview: z.boolean(),
  branches: z.enum(["any", "protected", "custom"]),
  createdAt: at,
});
const phase = z.enum(["queued", "in_progress", "completed", "waiting", "requested", "pending"]);
const conclusion = z.enum([
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "startup_failure",
  "stale",
]);
const checkRun = z.object({
  id,
  name: z.string(),
  headSha: z.string(),
  suite: id,
  app: z.string(),
  status: phase,
  conclusion: conclusion.nullable(),
  startedAt: at.nullable(),
  completedAt: at.nullable(),
  externalId: z.string(),
  detailsUrl: z.string().nullable(),
  title: z.string().nullable(),
  summary: z.string().nullable(),
  text: z.string().nullable(),
  annotations: id,
});
const commitStatus = z.object({
  id,
  sha: z.string(),
  context: z.string(),
  state: z.enum(["error", "failure", "pending", "success"]),
  description: z.string().nullable(),
  targetUrl: z.string().nullable(),
  creator: z.string(),
  createdAt: at,
});
const run = z.object({
  id,
  suite: id,
  path: z.string(),
  name: z.string(),
  title: z.string(),
  event: z.string(),
  headBranch: z.string().nullable(),
  headSha: z.string(),
  number: id,
  attempt: id,
  status: phase,
  conclusion: conclusion.nullable(),
  actor: z.string(),
  createdAt: at,
  startedAt: at,
  updatedAt: at,
  referenced: z.array(z.object({ path: z.string(), sha: z.string(), ref: z.string().optional() })),
});
const step = z.object({
  number: id,
  name: z.string(),
  status: z.enum(["queued", "in_progress", "completed"]),
  conclusion: z.string().nullable(),
  startedAt: at.nullable(),
  completedAt: at.nullable(),
});
const job = z.object({
  id,
  runId: id,
  attempt: id,
  checkRun: id,
  name: z.string(),
  status: phase,
  conclusion: conclusion.nullable(),
  labels: z.array(z.string()),
  createdAt: at,
  startedAt: at,
  completedAt: at.nullable(),
  steps: z.array(step),
  /** What the job has written, its end where it is long; absent until the job has ended. */
  log: z.string().optional(),
});
const approval = z.object({
  runId: id,
  environments: z.array(z.string()),
  state: z.enum(["approved", "rejected", "pending"]),
  user: z.string(),
  comment: z.string(),
});
const pending = z.object({ runId: id, environment: z.string(), since: at });
const dispatch = z.object({
  event: z.enum(["workflow_dispatch", "repository_dispatch"]),
  path: z.string(),
  ref: z.string(),
  sha: z.string(),
  inputs: json,
  actor: z.string(),
  runId: id.nullable(),
  at,
});
const ruleset = z.object({
  id,
  name: z.string(),
  target: z.enum(["branch", "tag"]),
  enforcement: z.enum(["active", "disabled", "evaluate"]),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  rules: z.array(z.looseObject({ type: z.string() })),
  createdAt: at,
});
/** A key with which an account signs, its public half as one line. */
const signingKey = z.object({ login: z.string(), key: z.string() });
const attestation = z.object({ digest: z.string(), bundle: json, predicateType: z.string() });

/** Everything the embedded GitHub remembers beside git. One JSON file holds it; moments are ISO 8601 in UTC. */
export const stateSchema = z.object({
  nextId: id,
  createdAt: at,
  latestRelease: id.nullable(),
  immutableReleases: z.boolean(),
  burntTags: z.array(z.string()),
  releases: z.array(release),
  assets: z.array(asset),
  ...trackerRecords,
  deployments: z.array(deployment),
  deploymentStates: z.array(deploymentState),
  environments: z.array(environment),
  checkRuns: z.array(checkRun),
  statuses: z.array(commitStatus),
  runs: z.array(run),
  jobs: z.array(job),
  approvals: z.array(approval),
  pending: z.array(pending),
  dispatches: z.array(dispatch),
  rulesets: z.array(ruleset),
  attestations: z.array(attestation),
  signingKeys: z.array(signingKey),
});

export type State = z.infer<typeof stateSchema>;

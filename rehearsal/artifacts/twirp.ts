import * as z from "zod";
import type { Job } from "./runtime-tokens.ts";
import { digestOf, type Store, type StoredArtifact } from "./store.ts";

/** Refuses a call in Twirp's own form (twitchtv.github.io/twirp/docs/spec_v7.html, error codes). */
export class TwirpError extends Error {
  readonly httpCode: number;
  readonly code: string;

  constructor(httpCode: number, code: string, message: string) {
    super(message);
    this.name = "TwirpError";
    this.httpCode = httpCode;
    this.code = code;
  }
}

/** What a call may use. `sign` gives a short-lived address of an artifact's bytes. */
export interface Service {
  readonly store: Store;
  readonly now: () => Date;
  readonly sign: (id: number, purpose: "upload" | "download") => string;
}

const ids = { workflow_run_backend_id: z.string(), workflow_job_run_backend_id: z.string() };
const named = z.strictObject({ ...ids, name: z.string().min(1) });
const create = z.strictObject({
  ...ids,
  name: z.string().min(1),
  version: z.number().int(),
  mime_type: z.string().optional(),
  expires_at: z.string().optional(),
});
const finalize = z.strictObject({
  ...ids,
  name: z.string().min(1),
  size: z.string().regex(/^\d+$/).default("0"),
  hash: z.string().optional(),
});
const list = z.strictObject({ ...ids, name_filter: z.string().optional(), id_filter: z.string().optional() });

type Method = (body: unknown, job: Job, service: Service) => object;
const METHODS = new Map<string, Method>([
  ["CreateArtifact", createArtifact],
  ["FinalizeArtifact", finalizeArtifact],
  ["ListArtifacts", listArtifacts],
  ["GetSignedArtifactURL", signedUrl],
  ["DeleteArtifact", deleteArtifact],
]);

/** Answers one method of github.actions.results.api.v1.ArtifactService. Throws a `TwirpError` when it refuses. */
export function callArtifactService(method: string, body: unknown, caller: { job: Job; service: Service }): object {
  const called = METHODS.get(method);
  if (!called) throw new TwirpError(404, "bad_route", `no method ${method} in ArtifactService`);
  return called(body, caller.job, caller.service);
}

function createArtifact(body: unknown, job: Job, { store, now, sign }: Service): object {
  const { name, mime_type: mimeType = "application/zip" } = understood(create, body, job);
  const former = store.list().find((one) => one.runId === job.runId && one.name === name);
  if (former?.digest)
    throw new TwirpError(409, "already_exists", "an artifact with this name already exists on the workflow run");
  // An upload that was never finalised is no artifact; a second try takes its place.
  if (former) store.delete(former.id);
  const made = store.create({ runId: job.runId, jobId: job.jobId, name, mimeType, createdAt: now().toISOString() });
  return { ok: true, signed_upload_url: sign(made.id, "upload") };
}

function finalizeArtifact(body: unknown, job: Job, { store }: Service): object {
  const { name, size, hash } = understood(finalize, body, job);
  const found = store
    .list()
    .find((one) => one.runId === job.runId && one.jobId === job.jobId && one.name === name && one.digest === null);
  const bytes = found && store.read(found.id);
  if (!found || !bytes) throw new TwirpError(404, "not_found", `no upload of ${name} is waiting to be finalised`);
  if (Number(size) !== bytes.length)
    throw new TwirpError(400, "invalid_argument", `${name}: announced ${size} bytes, received ${bytes.length}`);
  const digest = digestOf(bytes);
  if (hash !== digest)
    throw new TwirpError(400, "invalid_argument", `${name}: announced ${hash ?? "no hash"}, received ${digest}`);
  store.change(found.id, { size: bytes.length, digest });
  return { ok: true, artifact_id: String(found.id) };
}

function listArtifacts(body: unknown, job: Job, { store }: Service): object {
  const { name_filter, id_filter } = understood(list, body, job);
  const own = store
    .list()
    .filter((one) => one.runId === job.runId && one.digest !== null)
    .filter((one) => name_filter === undefined || one.name === name_filter)
    .filter((one) => id_filter === undefined || String(one.id) === id_filter);
  const artifacts = own.map((one) => ({
    workflow_run_backend_id: one.runId,
    workflow_job_run_backend_id: one.jobId,
    database_id: String(one.id),
    name: one.name,
    size: String(one.size),
    created_at: one.createdAt,
    digest: one.digest,
  }));
  return { artifacts };
}

function signedUrl(body: unknown, job: Job, { store, sign }: Service): object {
  const { name } = understood(named, body, job);
  return { signed_url: sign(finished(store, job, name).id, "download") };
}

function deleteArtifact(body: unknown, job: Job, { store }: Service): object {
  const { name } = understood(named, body, job);
  const { id } = finished(store, job, name);
  store.delete(id);
  return { ok: true, artifact_id: String(id) };
}

function finished(store: Store, job: Job, name: string): StoredArtifact {
  const found = store.list().findLast((one) => one.runId === job.runId && one.name === name && one.digest !== null);
  if (!found) throw new TwirpError(404, "not_found", `no artifact ${name} in run ${job.runId}`);
  return found;
}

/** Reads a request, and refuses one about another run than the token's. */
function understood<T extends { workflow_run_backend_id: string }>(schema: z.ZodType<T>, body: unknown, job: Job): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new TwirpError(400, "invalid_argument", z.prettifyError(parsed.error));
  if (parsed.data.workflow_run_backend_id !== job.runId)
    throw new TwirpError(403, "permission_denied", "the token is for another run");
  return parsed.data;
}

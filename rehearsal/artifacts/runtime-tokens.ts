import { randomUUID } from "node:crypto";

/** The job that a runtime token speaks for. */
export interface Job {
  readonly runId: string;
  readonly jobId: string;
  readonly stage: string;
}

/** The runtime tokens that exist; a made-up one is refused. */
export interface RuntimeTokens {
  issue(job: { readonly runId: string | number; readonly jobId: string | number; readonly stage?: string }): string;
  find(authorization: string | undefined): Job | undefined;
}

/** Makes unsigned tokens that carry the scope from which the artifact client reads run and job. */
export function createRuntimeTokens(): RuntimeTokens {
  const jobs = new Map<string, Job>();
  return {
    issue({ runId, jobId, stage = "unknown" }) {
      const job = { runId: String(runId), jobId: String(jobId), stage };
      const payload = { scp: `Actions.GenericRead Actions.Results:${job.runId}:${job.jobId}`, jti: randomUUID() };
      const token = `${encoded({ alg: "none", typ: "JWT" })}.${encoded(payload)}.`;
      jobs.set(token, job);
      return token;
    },
    find: (authorization) => jobs.get(/^bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1] ?? ""),
  };
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

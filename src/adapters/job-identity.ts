import type { JobIdentity } from "#src/ports/job-identity";

/** Tells what this process holds; the runner names the address of identities only to jobs with `id-token: write`. */
export function jobIdentity(
  { repository, workflow }: { repository: string; workflow: string },
  source: Record<string, string | undefined> = process.env,
): JobIdentity {
  const mayIdentify = Boolean(source.ACTIONS_ID_TOKEN_REQUEST_URL && source.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  return { repository, workflow, mayIdentify, variable: (name) => source[name] };
}

import { identityClaims } from "#src/adapters/identity-claims";
import type { JobIdentity } from "#src/ports/job-identity";

/** Tells what this process holds; the runner names the address of identities only to jobs with `id-token: write`. */
export function jobIdentity(
  { repository, workflow, serverUrl: server }: { repository: string; workflow: string; serverUrl: string },
  source: Record<string, string | undefined> = process.env,
): JobIdentity {
  const mayIdentify = Boolean(source.ACTIONS_ID_TOKEN_REQUEST_URL && source.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  const claims = () => identityClaims(source);
  return { server, repository, workflow, mayIdentify, claims, variable: (name) => source[name] };
}

/** What a registry would hear of the job besides its workflow, or why nobody can tell. */
export type IdentityClaims = { environment?: string; ref?: string } | { unknown: string };

/** The job as the runner tells it: what a registry would hear of it, and which credentials it holds. */
export interface JobIdentity {
  /** Address of the server that runs it. */
  server: string;
  repository: string;
  /** Running workflow, as `owner/name/path@ref`; empty where the runner does not tell. */
  workflow: string;
  /** Whether the job may ask for an identity (`id-token: write`). */
  mayIdentify: boolean;
  /** Asks for the job's own identity, and reads environment and ref out of it. */
  claims(): Promise<IdentityClaims>;
  /** Reads a variable of the job; undefined or empty where it is not set. */
  variable(name: string): string | undefined;
}

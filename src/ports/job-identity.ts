/** The job as the runner tells it: what a registry would hear of it, and which credentials it holds. */
export interface JobIdentity {
  repository: string;
  /** Running workflow, as `owner/name/path@ref`; empty where the runner does not tell. */
  workflow: string;
  /** Whether the job may ask for an identity (`id-token: write`). */
  mayIdentify: boolean;
  /** Reads a variable of the job; undefined or empty where it is not set. */
  variable(name: string): string | undefined;
}

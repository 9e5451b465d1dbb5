import type { JobSecrets } from "#src/ports/job-secrets";

/** Reads credentials out of the variables of this process. */
export function jobSecrets(source: Record<string, string | undefined> = process.env): JobSecrets {
  return { read: (name) => source[name] || undefined };
}

import { runner } from "#src/adapters/runner-commands";
import type { JobSecrets } from "#src/ports/job-secrets";

/** Shorter secrets would blacken every log. */
const shortestSecret = 4;

/** Reads credentials out of the variables of this process, and has the runner mask them. */
export function jobSecrets(source: Record<string, string | undefined> = process.env): JobSecrets {
  return {
    read(name) {
      const value = source[name] || undefined;
      if (value !== undefined && value.length >= shortestSecret) runner.mask(value);
      return value;
    },
  };
}

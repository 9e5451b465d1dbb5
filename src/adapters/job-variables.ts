import type { JobVariables } from "#src/ports/job-variables";

/** The variables of this process, secrets of the job included. */
export function jobVariables(source: Record<string, string | undefined> = process.env): JobVariables {
  return { filled: (name) => (source[name] ?? "").trim() !== "" };
}

import type { JournalLine } from "./github/journal.ts";

/** An embedded server that remembers what it should never have been asked, or never have answered. */
export interface Guarded {
  problems(): readonly JournalLine[];
}

/** Words every complaint of every embedded server; a rehearsal with one has failed whatever its verdict. */
export function problemsOf(...servers: Guarded[]): string[] {
  return servers
    .flatMap((server) => server.problems())
    .map(({ method, path, guard }) => `${method} ${path}: ${guard?.violations.join(", ") ?? "not served"}`);
}

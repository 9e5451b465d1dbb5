import { parseJson } from "#src/domain/parse-json";
import type { Execution } from "#src/ports/shell";

/** What the go command answered: a JSON value, that there is no such thing, that a sum differs, or that it cannot tell. */
export type GoAnswer = { value: unknown } | { absent: true } | { corrupt: string } | { unknown: string };

/** A proxy's own answer that it does not have it (Go Modules Reference, "GOPROXY protocol"), or a repository's. */
const absent = /: (404 Not Found|410 Gone)$|unknown revision|no matching versions for query/m;

/** The bytes are not those that the database of sums knows. */
const corrupt = /checksum mismatch|SECURITY ERROR/;

/** Reads one run of `go … -json`; what went wrong is told in words only, on either output. Silence is no answer. */
export function goAnswer({ ending, exit, output }: Execution): GoAnswer {
  if (ending !== "exited") return { unknown: `go was stopped: ${ending}` };
  // The command may speak of its progress on the way.
  const value = parseJson(/^\{$[\s\S]*^\}$/m.exec(output)?.[0] ?? "");
  if (exit === 0 && value !== undefined) return { value };
  const words = `go ended with exit code ${exit}: ${output.trim().replace(/\s+/g, " ").slice(0, 300)}`;
  if (corrupt.test(output)) return { corrupt: words };
  return exit !== 0 && absent.test(plain(output)) ? { absent: true } : { unknown: words };
}

/** The words of an error inside of JSON stand with their line breaks escaped. */
function plain(output: string): string {
  return output.replaceAll("\\n", "\n").replaceAll('"', "");
}

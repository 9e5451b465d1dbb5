import type { Execution } from "#src/ports/shell";

/**
 * What `cargo info` answered: it has downloaded the crate; the index does not offer the version; it does, but the crate is not
 * served; the crate is another one than the index says; or it cannot tell.
 */
export type CargoAnswer =
  | { answer: "downloaded" }
  | { answer: "not-offered" }
  | { answer: "not-served"; because: string }
  | { answer: "corrupt"; because: string }
  | { answer: "unknown"; because: string };

/** Reads one run of `cargo info`, which tells what went wrong in words only. */
export function cargoAnswer({ ending, exit, output }: Execution): CargoAnswer {
  if (ending !== "exited") return { answer: "unknown", because: `cargo was stopped: ${ending}` };
  if (exit === 0) return { answer: "downloaded" };
  const because = `cargo ended with exit code ${exit}: ${excerpt(output)}`;
  if (/^error: could not find `[^`]+` in registry/m.test(output)) return { answer: "not-offered" };
  if (/failed to verify the checksum of/.test(output)) return { answer: "corrupt", because };
  // Stores of files answer 403 as well for what is not there.
  if (/^error: failed to download from [\s\S]* got (403|404|410)$/m.test(output))
    return { answer: "not-served", because };
  return { answer: "unknown", because };
}

/** The client's words from its first complaint on, in one line. */
function excerpt(output: string): string {
  const from = output.search(/^error/m);
  return output.slice(Math.max(from, 0)).trim().replace(/\s+/g, " ").slice(0, 300);
}

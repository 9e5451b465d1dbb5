import { complaintOf } from "#src/adapters/program-complaint";
import { excerpt } from "#src/domain/log-excerpt";
import type { Execution } from "#src/ports/shell";

/** What pip answered: done, that it finds no such thing, that bytes are not those that were announced, or that it cannot tell. */
export type PipAnswer = { said: string } | { absent: true } | { corrupt: string } | { unknown: string };

/**
 * Reads one run of pip, which tells its troubles in words. An index that answers 503 looks to pip like one without the
 * project: that pip finds nothing is worth only what the index itself says.
 */
export function pipAnswer({ ending, exit, output }: Execution): PipAnswer {
  if (ending !== "exited") return { unknown: `pip was stopped: ${ending}` };
  if (exit === 0) return { said: output };
  if (/do not match the hashes/i.test(output)) return { corrupt: "pip says that the bytes do not match their hash" };
  if (/No matching distribution found/i.test(output)) return { absent: true };
  const errors = output.split("\n").filter((line) => line.startsWith("ERROR:"));
  return { unknown: `pip ended with exit code ${exit}: ${complaintOf(excerpt(errors.join("\n") || output))}` };
}

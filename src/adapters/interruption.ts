import { Failure } from "#src/domain/failure";

const machine = { interrupted: false };

/** Notes that the runner asked this process to stop. */
export function noteInterruption(): void {
  machine.interrupted = true;
}

/**
 * Refuses a write of a process that was asked to stop: its stage may still be running while the evidence says that it was
 * interrupted. Throws `all.interrupted`.
 */
export function refuseWhenInterrupted(write: string): void {
  if (!machine.interrupted) return;
  throw new Failure({
    kind: "upstream",
    code: "all.interrupted",
    message: `expected to send ${write}, found the run interrupted`,
    hint: "Rerun the failed jobs; the stage looks at the world again before it acts.",
  });
}

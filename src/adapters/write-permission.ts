import { Failure } from "#src/domain/failure";

const machine = { interrupted: false, rehearsing: false };

/** Notes that the runner asked this process to stop. */
export function noteInterruption(): void {
  machine.interrupted = true;
}

/** Notes that this process rehearses: from here on it may only read. */
export function noteRehearsal(): void {
  machine.rehearsing = true;
}

/**
 * Refuses a write that no stage may send: of a process that was asked to stop, as its evidence says that it was interrupted
 * while its stage may still run, and of a rehearsal. Throws `all.interrupted` or `all.write-in-dry-mode`.
 */
export function refuseForbiddenWrite(write: string): void {
  if (machine.rehearsing) {
    throw new Failure({
      kind: "bug",
      code: "all.write-in-dry-mode",
      message: `expected a rehearsal to write nothing, found that it was about to send ${write}`,
      hint: "This is a defect of the suite: please report it with the step's log. Nothing was written.",
    });
  }
  if (!machine.interrupted) return;
  throw new Failure({
    kind: "upstream",
    code: "all.interrupted",
    message: `expected to send ${write}, found the run interrupted`,
    hint: "Rerun the failed jobs; the stage looks at the world again before it acts.",
  });
}

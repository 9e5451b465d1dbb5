/** What a person at the terminal asks for: the first signal cancels the run, a later one ends everything at once. */
export interface Interruption {
  /** The run is cancelled as on GitHub: steps may end, `always()` jobs run, the verdict speaks. */
  cancel: AbortSignal;
  /** Everything ends as if the machine vanished. */
  end: AbortSignal;
}

/** A terminal signals its whole process group and our wrapper passes its own copy on: both are one wish. */
const ONE_WISH_MS = 1_000;

/** How long an end at once may still tidy up and say where it stands. */
const TIDY_MS = 3_000;

/** Listens for SIGINT and SIGTERM until this process ends. */
export function listenForInterruption(): Interruption {
  const cancel = new AbortController();
  const end = new AbortController();
  let first: number | undefined;
  const onSignal = () => {
    first ??= Date.now();
    if (!cancel.signal.aborted) return cancel.abort();
    if (Date.now() - first < ONE_WISH_MS || end.signal.aborted) return;
    console.error("\nEnded at once: the verdict could not speak. `npm run rehearse -- --resume` goes on from here.");
    end.abort();
    setTimeout(() => process.exit(130), TIDY_MS).unref();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return { cancel: cancel.signal, end: end.signal };
}

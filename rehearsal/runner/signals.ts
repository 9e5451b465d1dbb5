/** Abort signals that follow others under a condition. */

/** A signal that follows its parent unless, at that moment, the condition says to go on. `release` stops listening. */
export interface FollowingSignal {
  signal: AbortSignal;
  abort(reason: string): void;
  release(): void;
}

/** Follows a parent signal; `goesOn` is asked once, when the parent aborts. */
export function follow(parent: AbortSignal, goesOn: (reason: unknown) => boolean): FollowingSignal {
  const controller = new AbortController();
  const onAbort = () => {
    if (!goesOn(parent.reason)) controller.abort(parent.reason);
  };
  if (parent.aborted) onAbort();
  else parent.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => parent.removeEventListener("abort", onAbort),
  };
}

/** Opens what all jobs of a run share: its signals, its limits and its stream of events. */
import { join } from "node:path";
import type { RunEvent, RunnerServices, RunRequest } from "./contract.ts";
import { linuxLabels } from "./refusal.ts";
import { githubDelays, type RunFrame, type UnstampedEvent } from "./run-frame.ts";
import { openSlots } from "./slots.ts";
import type { Sources } from "./sources.ts";

/** The frame of a run and the means to end it. */
export interface OpenFrame {
  run: RunFrame;
  cancel(reason: string): void;
  /** Stops listening to the signals of the request. */
  close(): void;
}

/** Opens the frame. Events pass here: each may be answered by a cancellation or by the loss of the machine. */
export function openFrame(request: RunRequest, services: RunnerServices, sources: Sources): OpenFrame {
  const cancel = new AbortController();
  const kill = new AbortController();
  const onCancel = () => cancel.abort("cancelled");
  const onKill = () => kill.abort("killed");
  forward(request.signal, onCancel);
  forward(request.killSignal, onKill);
  const emit = (unstamped: UnstampedEvent) => {
    // After the machine is gone, nobody hears of its jobs any more; only the end of the run is told.
    if (kill.signal.aborted && unstamped.type !== "run-finished") return;
    const event: RunEvent = { at: Date.now(), ...unstamped };
    services.onEvent(event);
    const interruption = request.interruptAfter?.(event);
    if (interruption === "cancel") onCancel();
    if (interruption === "kill") onKill();
  };
  const run: RunFrame = {
    request,
    services,
    sources,
    delays: { ...githubDelays, ...request.delays },
    labels: request.runnerLabels ?? linuxLabels,
    slots: openSlots(request.parallel ?? 2),
    cancelled: cancel.signal,
    killed: kill.signal,
    github: {},
    eventPath: join(request.home, "event", "event.json"),
    results: [],
    emit,
  };
  return {
    run,
    cancel: (reason) => cancel.abort(reason),
    close() {
      request.signal?.removeEventListener("abort", onCancel);
      request.killSignal?.removeEventListener("abort", onKill);
    },
  };
}

function forward(signal: AbortSignal | undefined, then: () => void): void {
  if (signal?.aborted) then();
  else signal?.addEventListener("abort", then, { once: true });
}

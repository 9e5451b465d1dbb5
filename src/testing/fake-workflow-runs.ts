import { Failure } from "#src/domain/failure";
import type { Dispatching, DispatchRequest, FailedJob, WorkflowRun, WorkflowRuns } from "#src/ports/workflow-runs";
import type { FakeClock } from "#src/testing/fake-clock";

/** Workflow runs in memory, in the time of a clock. A dispatch makes a run that shows itself after a while. */
export class FakeWorkflowRuns implements WorkflowRuns {
  readonly runs: (WorkflowRun & { shownFrom: number })[] = [];
  readonly dispatched: DispatchRequest[] = [];
  readonly calls: string[] = [];
  readonly #clock: FakeClock;
  readonly #faults: RunFaults;
  readonly sha: string;

  constructor(clock: FakeClock, sha: string, faults: RunFaults = {}) {
    this.#clock = clock;
    this.#faults = faults;
    this.sha = sha;
  }

  /** Puts a run there, as someone else started it. */
  put(run: Partial<WorkflowRun> = {}): this {
    const id = 100 + this.runs.length;
    const url = `https://github.example/octo/tide/actions/runs/${id}`;
    const created = this.#clock.now();
    const facts = { event: "workflow_dispatch", sha: this.sha, ref: "v1.1.0", finished: false, conclusion: "" };
    this.runs.unshift({ id, url, created, ...facts, shownFrom: 0, ...run });
    return this;
  }

  async list(): Promise<WorkflowRun[]> {
    this.calls.push("list");
    this.#ask();
    return this.runs.filter(({ shownFrom }) => shownFrom <= this.#clock.now().getTime());
  }

  async dispatch(request: DispatchRequest): Promise<Dispatching> {
    this.calls.push("dispatch");
    this.dispatched.push(request);
    const { answer, swallowed, delay = 0, twice, strays } = this.#faults;
    if (answer?.outcome === "refused" || swallowed) return answer ?? { outcome: "accepted" };
    for (let count = 0; count < (twice ? 2 : 1); count += 1) {
      this.put({ ref: request.ref, ...(strays ? { sha: "9".repeat(40) } : {}) });
      const [run] = this.runs;
      if (run) run.shownFrom = this.#clock.now().getTime() + delay;
    }
    const [run] = this.runs;
    return answer ?? { outcome: "started", id: run?.id ?? 0, url: run?.url ?? "" };
  }

  async read(id: number): Promise<WorkflowRun | "absent"> {
    this.calls.push("read");
    this.#ask();
    const now = this.#clock.now().getTime();
    const run = this.runs.find((one) => one.id === id && one.shownFrom <= now);
    const { concludesAfter, conclusion = "success" } = this.#faults;
    if (run && concludesAfter !== undefined && now >= run.created.getTime() + concludesAfter)
      return { ...run, finished: true, conclusion };
    return run ?? "absent";
  }

  async succeededJobs(): Promise<string[]> {
    this.calls.push("succeededJobs");
    return this.#faults.succeeded ?? [];
  }

  async failedJobs(): Promise<FailedJob[]> {
    this.calls.push("failedJobs");
    return this.#faults.failed ?? [];
  }

  #ask(): void {
    if (this.#faults.deaf === undefined || this.calls.length <= (this.#faults.deaf.after ?? 0)) return;
    const { kind, code } = this.#faults.deaf;
    throw new Failure({ kind, code, message: "GitHub answered otherwise", hint: "Wait." });
  }
}

/** What goes wrong with runs; times in milliseconds. */
export interface RunFaults {
  /** Replaces the answer to a dispatch; the run is made all the same, unless it is refused or swallowed. */
  answer?: Dispatching;
  swallowed?: boolean;
  /** How long a run takes to show itself. */
  delay?: number;
  /** Whether a dispatch makes two runs. */
  twice?: boolean;
  /** Whether the run is of another commit. */
  strays?: boolean;
  concludesAfter?: number;
  conclusion?: string;
  failed?: FailedJob[];
  /** Names of the jobs that succeeded. */
  succeeded?: string[];
  deaf?: { kind: "permission" | "upstream"; code: "tag.permission-missing" | "tag.dispatch-failed"; after?: number };
}

import type { BuildRun, BuildRuns, RunJob } from "#src/ports/build-runs";

/** Builds a run of the release workflow that has concluded success. */
export function aBuildRun(overrides: Partial<BuildRun> = {}): BuildRun {
  return {
    id: "7",
    repository: "octo/tide",
    workflow: ".github/workflows/release.yml",
    source: "octo/tide",
    event: "workflow_dispatch",
    sha: "a".repeat(40),
    branch: "main",
    url: "https://github.example/octo/tide/actions/runs/7",
    finished: true,
    conclusion: "success",
    ...overrides,
  };
}

/** Runs in memory, with the jobs of all of them. */
export class FakeBuildRuns implements BuildRuns {
  readonly asked: string[] = [];
  readonly #runs: BuildRun[];
  readonly #jobs: RunJob[];

  constructor(runs: BuildRun[] = [aBuildRun()], jobs: RunJob[] = []) {
    this.#runs = runs;
    this.#jobs = jobs;
  }

  async read(id: string): Promise<BuildRun | "absent"> {
    this.asked.push(`run ${id}`);
    return this.#runs.find((run) => run.id === id) ?? "absent";
  }

  async on(sha: string): Promise<string[]> {
    this.asked.push(`runs on ${sha}`);
    return this.#runs.filter((run) => run.sha === sha).map(({ id }) => id);
  }

  async tagged(): Promise<string[]> {
    this.asked.push("runs that have tagged");
    return this.#runs.map(({ id }) => id);
  }

  async jobs(id: string): Promise<RunJob[]> {
    this.asked.push(`jobs of ${id}`);
    return this.#jobs;
  }
}

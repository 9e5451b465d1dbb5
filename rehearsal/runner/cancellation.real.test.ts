import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "./contract.ts";
import { conclusions, jobNamed, runBench } from "./testing.ts";

const onLog = (text: string, answer: "kill" | "cancel") => (event: RunEvent) =>
  event.type === "log" && event.text === text ? answer : undefined;

describe("a cancelled run", () => {
  it("ends its running step by signals, runs always() and cancelled(), skips the rest", async () => {
    const run = await runBench(
      `
on: push
jobs:
  one:
    runs-on: ubuntu-latest
    outputs: { early: "\${{ steps.s.outputs.early }}" }
    steps:
      - id: s
        run: |
          trap 'echo interrupted' INT
          trap 'echo terminated; exit 0' TERM
          echo early=yes >> "$GITHUB_OUTPUT"
          echo ready
          while true; do sleep 0.02; done
      - { run: echo never }
      - { if: always(), run: 'echo "closing \${{ job.status }}"' }
      - { if: cancelled(), run: echo told }
      - { if: failure(), run: echo wrong }
  dependent: { needs: one, runs-on: ubuntu-latest, steps: [{ run: echo never }] }
  verdict: { needs: [one, dependent], if: always(), runs-on: ubuntu-latest, steps: [{ run: 'echo "verdict \${{ needs.one.result }} \${{ needs.one.outputs.early }}"' }] }
  cleanup: { needs: one, if: cancelled(), runs-on: ubuntu-latest, steps: [{ run: "true" }] }
`,
      { request: { interruptAfter: onLog("ready", "cancel") } },
    );
    expect(run.log).toMatch(/interrupted\nterminated[\s\S]*closing cancelled[\s\S]*told/);
    expect(run.log).not.toMatch(/^(never|wrong)$/m);
    expect(run.log).toContain("verdict cancelled yes");
    expect(conclusions(run)).toEqual({
      one: "cancelled",
      dependent: "skipped",
      verdict: "success",
      cleanup: "success",
    });
    expect(run.result.conclusion).toBe("cancelled");
  });

  it("kills the whole tree of a step that ignores its signals", async () => {
    const run = await runBench(
      `
on: push
jobs:
  one: { runs-on: ubuntu-latest, steps: [{ run: "trap '' INT TERM; (trap '' INT TERM; sleep 100) & echo ready; wait; sleep 100" }] }
`,
      { request: { interruptAfter: onLog("ready", "cancel") } },
    );
    expect(jobNamed(run, "one").steps[0]?.outcome).toBe("cancelled");
    expect(run.result.conclusion).toBe("cancelled");
  });

  it("lets an always() step and an always() job that are running go on", async () => {
    const run = await runBench(
      `
on: push
jobs:
  step: { runs-on: ubuntu-latest, steps: [{ if: always(), run: "echo ready; sleep 0.5; echo finished" }, { run: echo never }] }
  job: { if: always(), runs-on: ubuntu-latest, steps: [{ run: "sleep 0.8; echo whole" }, { run: echo second }] }
`,
      { request: { interruptAfter: onLog("ready", "cancel") } },
    );
    expect(run.log).toMatch(/^finished$/m);
    expect(run.log).toMatch(/whole[\s\S]*second/);
    expect(run.log).not.toMatch(/^never$/m);
    expect(conclusions(run)).toEqual({ step: "cancelled", job: "success" });
  });

  it("ends by force when closing steps take too long", async () => {
    const run = await runBench(
      `
on: push
jobs:
  one: { runs-on: ubuntu-latest, steps: [{ run: "echo ready; sleep 100" }, { if: always(), run: sleep 100 }, { if: always(), run: echo never }] }
`,
      {
        request: {
          interruptAfter: onLog("ready", "cancel"),
          delays: { interrupt: 50, terminate: 50, force: 400, drain: 50, minute: 1e6 },
        },
      },
    );
    expect(run.log).not.toMatch(/^never$/m);
    expect(run.result.conclusion).toBe("cancelled");
  });

  it("by the signal of its request ends jobs that wait for a reviewer", async () => {
    const stop = new AbortController();
    const run = await runBench(
      "on: push\njobs:\n  one: { runs-on: ubuntu-latest, environment: gate, steps: [{ run: echo never }] }\n",
      {
        request: { signal: stop.signal },
        services: {
          environmentProtection: async () => ({ reviewers: ["captain"] }),
          review: () => {
            stop.abort();
            return new Promise(() => undefined);
          },
        },
      },
    );
    expect(conclusions(run)).toEqual({ one: "cancelled" });
    expect(run.result.conclusion).toBe("cancelled");
  });
});

/** What the kernel says of a process; nothing of one that ended since it was listed. */
function statOf(pid: string): string[] {
  try {
    return [readFileSync(`/proc/${pid}/stat`, "utf8")];
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return [];
    throw error;
  }
}

/** The processes of a group that have not ended; a zombie has. */
function livingOf(group: number): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf)
    .filter((stat) => {
      const [state, , processGroup] = stat.split(") ").at(-1)?.split(" ") ?? [];
      return Number(processGroup) === group && state !== "Z";
    });
}

describe("a machine that vanishes", () => {
  it("takes all processes with it at once; no further step or job runs, nothing is read", async () => {
    const run = await runBench(
      `
on: push
jobs:
  one:
    runs-on: ubuntu-latest
    outputs: { early: "\${{ steps.s.outputs.early }}" }
    steps:
      - { id: s, run: 'echo early=yes >> "$GITHUB_OUTPUT"; echo "# early" >> "$GITHUB_STEP_SUMMARY"; echo "$$" > "$HOME/../pid"; trap "echo no" INT TERM; echo ready; sleep 100' }
      - { if: always(), run: echo never }
  other: { runs-on: ubuntu-latest, steps: [{ run: sleep 100 }] }
  verdict: { needs: one, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo never }] }
`,
      { request: { interruptAfter: onLog("ready", "kill") } },
    );
    expect(run.result.conclusion).toBe("lost");
    expect(conclusions(run)).toEqual({ one: "lost", other: "lost", verdict: "lost" });
    expect(jobNamed(run, "one").outputs).toEqual({});
    expect(run.log).not.toMatch(/^(never|no)$/m);
    expect(jobNamed(run, "one").steps[0]?.summary).toBeUndefined();
    const last = run.events.findIndex((event) => event.type === "log" && event.text === "ready");
    expect(run.events.slice(last + 1)).toMatchObject([{ type: "run-finished", conclusion: "lost" }]);
    const pid = await readFile(join(run.home, "jobs", `1-${jobNamed(run, "one").number}`, "pid"), "utf8");
    expect(livingOf(Number(pid))).toEqual([]);
  });

  it("may be told so from outside", async () => {
    const kill = new AbortController();
    const run = await runBench(
      "on: push\njobs:\n  one: { runs-on: ubuntu-latest, steps: [{ run: echo ready; sleep 100 }] }\n",
      {
        request: {
          killSignal: kill.signal,
          interruptAfter: (event) => {
            if (event.type === "log" && event.text === "ready") kill.abort();
            return undefined;
          },
        },
      },
    );
    expect(conclusions(run)).toEqual({ one: "lost" });
  });
});

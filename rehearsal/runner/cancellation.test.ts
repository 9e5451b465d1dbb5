import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** The processes of a group that have not ended; a zombie has. */
function livingOf(group: number): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .map((name) => readFileSync(`/proc/${name}/stat`, "utf8"))
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
      - { id: s, run: 'echo early=yes >> "$GITHUB_OUTPUT"; echo "$$" > "$HOME/../pid"; trap "echo no" INT TERM; echo ready; sleep 100' }
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
    expect(run.events.at(-1)).toMatchObject({ type: "run-finished", conclusion: "lost" });
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

describe("failed jobs that run again", () => {
  const workflow = `
on: push
jobs:
  good: { runs-on: ubuntu-latest, outputs: { at: "\${{ steps.s.outputs.at }}" }, steps: [{ id: s, run: 'echo "ran good"; echo at=\${{ github.run_attempt }} >> "$GITHUB_OUTPUT"' }] }
  legs:
    needs: good
    strategy: { fail-fast: false, matrix: { n: [1, 2] } }
    runs-on: ubuntu-latest
    outputs: { one: "\${{ steps.s.outputs.one }}" }
    steps: [{ id: s, run: 'echo "ran leg \${{ matrix.n }}"; test \${{ matrix.n }} = 1 || test $GITHUB_RUN_ATTEMPT = 2; echo one=leg\${{ matrix.n }} >> "$GITHUB_OUTPUT"' }]
  side: { needs: good, runs-on: ubuntu-latest, steps: [{ run: echo ran side }] }
  last: { needs: [legs, side], runs-on: ubuntu-latest, steps: [{ run: 'echo "ran last \${{ needs.legs.result }}"' }] }
  closing: { needs: last, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo ran closing }] }
`;
  it("keep what succeeded with its outputs, and run the rest with all dependents", async () => {
    const first = await runBench(workflow);
    expect(conclusions(first)).toEqual({
      good: "success",
      "legs (1)": "success",
      "legs (2)": "failure",
      side: "success",
      last: "skipped",
      closing: "success",
    });
    const again = await runBench(workflow, {
      request: { previous: first.result, run: { id: 7, number: 3, attempt: 2 } },
    });
    const ran = again.log.split("\n").filter((line) => line.startsWith("ran "));
    expect(ran).toEqual(["ran leg 2", "ran last success", "ran closing"]);
    expect(again.result.conclusion).toBe("success");
    expect(jobNamed(again, "good")).toEqual(jobNamed(first, "good"));
    expect(again.result.jobs.map(({ name, attempt }) => `${name} ${attempt}`).sort()).toEqual([
      "closing 2",
      "good 1",
      "last 2",
      "legs (1) 1",
      "legs (2) 2",
      "side 1",
    ]);
  });

  it("continue inside a called workflow", async () => {
    const files = {
      ".github/workflows/w.yml": "on: push\njobs:\n  suite:\n    uses: ./.github/workflows/s.yml\n",
      ".github/workflows/s.yml": `
on: workflow_call
jobs:
  tag: { runs-on: ubuntu-latest, steps: [{ run: echo ran tag }] }
  publish: { needs: tag, runs-on: ubuntu-latest, steps: [{ run: 'echo ran publish; test $GITHUB_RUN_ATTEMPT = 2' }] }
`,
    };
    const first = await runBench(files);
    const again = await runBench(files, { request: { previous: first.result, run: { id: 7, number: 3, attempt: 2 } } });
    expect(again.log.split("\n").filter((line) => line.startsWith("ran "))).toEqual(["ran publish"]);
    expect(again.result.conclusion).toBe("success");
  });
});

describe("a concurrency group", () => {
  const workflow = (group: string, cancel: boolean, run: string) =>
    `on: push\nconcurrency: { group: "${group}", cancel-in-progress: ${cancel} }\njobs:\n  one: { runs-on: ubuntu-latest, steps: [{ run: "${run}" }] }\n`;

  it("holds a second run until the first has ended, and drops the one between", async () => {
    const order: string[] = [];
    const note = (name: string) => ({
      services: { onEvent: ({ type }: RunEvent) => void order.push(`${name} ${type}`) },
    });
    const first = runBench(workflow("hold", false, "sleep 0.6"), note("first"));
    await expect.poll(() => order).toContain("first job-started");
    const second = runBench(workflow("hold", false, "true"), note("second"));
    await expect.poll(() => order).toContain("second run-waiting");
    const third = await runBench(workflow("hold", false, "true"), note("third"));
    expect((await first).result.conclusion).toBe("success");
    expect((await second).result.conclusion).toBe("cancelled");
    expect(third.result.conclusion).toBe("success");
    expect(order.indexOf("first job-finished")).toBeLessThan(order.indexOf("third job-started"));
  });

  it("with cancel-in-progress cancels the run inside", async () => {
    const seen: string[] = [];
    const first = runBench(workflow("stop", true, "sleep 60"), {
      services: { onEvent: ({ type }) => void seen.push(type) },
    });
    await expect.poll(() => seen).toContain("job-started");
    const second = await runBench(workflow("stop", true, "true"));
    expect((await first).result.conclusion).toBe("cancelled");
    expect(second.result.conclusion).toBe("success");
  });

  it("that a job shares with its own run is a deadlock, and said so", async () => {
    const run = await runBench(
      "on: push\nconcurrency: knot\njobs:\n  one: { concurrency: KNOT, runs-on: ubuntu-latest, steps: [{ run: echo never }] }\n",
    );
    expect(jobNamed(run, "one").annotations[0]?.message).toContain(
      "a deadlock was detected for concurrency group: 'KNOT'",
    );
    expect(run.result.conclusion).toBe("cancelled");
  });

  it("of jobs lets one in at a time", async () => {
    const run = await runBench(`
on: push
jobs:
  a: { concurrency: { group: jobs, queue: max }, runs-on: ubuntu-latest, steps: [{ run: sleep 0.1 }] }
  b: { concurrency: { group: jobs, queue: max }, runs-on: ubuntu-latest, steps: [{ run: sleep 0.1 }] }
  c: { concurrency: { group: jobs, queue: max }, runs-on: ubuntu-latest, steps: [{ run: sleep 0.1 }] }
`);
    const order = run.events.flatMap(({ type }) => (type === "job-started" || type === "job-finished" ? [type] : []));
    expect(order).toEqual(Array.from({ length: 3 }, () => ["job-started", "job-finished"]).flat());
    expect(run.result.conclusion).toBe("success");
  });
});

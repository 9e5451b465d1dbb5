import { describe, expect, it } from "vitest";
import type { RunEvent } from "./contract.ts";
import { jobNamed, runBench } from "./testing.ts";

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

  it("of the same repository on another server is another group", async () => {
    const seen: string[] = [];
    const first = runBench(workflow("apart", true, "sleep 0.6"), {
      services: { onEvent: ({ type }) => void seen.push(type) },
    });
    await expect.poll(() => seen).toContain("job-started");
    const second = await runBench(workflow("apart", true, "true"), { request: { apiUrl: "http://127.0.0.1:2/" } });
    expect((await first).result.conclusion).toBe("success");
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

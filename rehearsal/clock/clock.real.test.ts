import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startClock, type VirtualClock } from "./clock.ts";

const MINUTE = 60_000;
const run = promisify(execFile);

let clock: VirtualClock;
let folder: string;

beforeEach(async () => {
  clock = await startClock();
  folder = await mkdtemp(join(tmpdir(), "clock-"));
});

afterEach(async () => {
  await clock.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the rehearsal's own time", () => {
  it("starts at the present", () => {
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it("passes an hour of one-minute sleeps without waiting, and no more than that beside real time", async () => {
    const [started, before] = [performance.now(), clock.now().getTime()];
    for (let minute = 0; minute < 60; minute += 1) await clock.sleep(MINUTE);
    const passed = clock.now().getTime() - before;
    const waited = performance.now() - started;
    expect(waited).toBeLessThan(30 * MINUTE);
    expect(passed).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(passed).toBeLessThan(61 * MINUTE + waited);
  });

  it("lets sleeps that were begun together overlap instead of adding up", async () => {
    const before = clock.now().getTime();
    await Promise.all([clock.sleep(10 * MINUTE), clock.sleep(10 * MINUTE), clock.sleep(4 * MINUTE)]);
    expect(clock.now().getTime() - before).toBeLessThan(11 * MINUTE);
  });

  it("resumes sleepers in the order of their wake-up times", async () => {
    const order: string[] = [];
    const steps = [
      ["third", 30],
      ["first", 10],
      ["second", 20],
    ] as const;
    await Promise.all(steps.map(async ([name, minutes]) => clock.sleep(minutes * MINUTE).then(() => order.push(name))));
    expect(order).toEqual(["first", "second", "third"]);
  });

  it("does not skip a polling loop to reach a longer sleep of the same process", async () => {
    const looks: number[] = [];
    const before = clock.now().getTime();
    const deadline = clock.sleep(10 * MINUTE);
    for (let look = 0; look < 5; look += 1) {
      await clock.sleep(MINUTE);
      await new Promise((resume) => setTimeout(resume, 15));
      looks.push(Math.floor((clock.now().getTime() - before) / MINUTE));
    }
    await deadline;
    expect(looks).toEqual([1, 2, 3, 4, 5]);
  });

  it("waits for its listeners before a sleeper resumes", async () => {
    const seen: string[] = [];
    clock.onAdvance(async ({ from, to }) => {
      await new Promise((resume) => setTimeout(resume, 20));
      seen.push(`${Math.round((to.getTime() - from.getTime()) / 1_000)} seconds`);
    });
    await clock.sleep(MINUTE).then(() => seen.push("resumed"));
    expect(seen).toEqual(["60 seconds", "resumed"]);
  });

  it("hands a listener's failure to the sleeper and goes on for the next one", async () => {
    const stop = clock.onAdvance(() => {
      throw new Error("cannot sample");
    });
    await expect(clock.sleep(MINUTE)).rejects.toThrow("cannot sample");
    stop();
    await expect(clock.sleep(MINUTE)).resolves.toBeUndefined();
  });

  it("continues from a saved offset", async () => {
    await clock.sleep(90 * MINUTE);
    clock.save(join(folder, "clock.json"));
    const next = await startClock();
    await next.load(join(folder, "clock.json"));
    expect(Math.abs(next.now().getTime() - clock.now().getTime())).toBeLessThan(1_000);
    await next.close();
  });

  it("refuses a saved offset that would turn time back", async () => {
    clock.save(join(folder, "clock.json"));
    await clock.sleep(MINUTE);
    await expect(clock.load(join(folder, "clock.json"))).rejects.toThrow("time never goes back");
  });

  it("refuses a saved offset that is none", async () => {
    await writeFile(join(folder, "clock.json"), '{"offset":"soon"}');
    await expect(clock.load(join(folder, "clock.json"))).rejects.toThrow();
    expect(await readFile(join(folder, "clock.json"), "utf8")).toContain("soon");
  });
});

describe("a child process under the clock", () => {
  it("starts in virtual time and sleeps an hour without waiting, from a module", async () => {
    await clock.sleep(5 * 60 * MINUTE);
    const before = clock.now().getTime();
    const seen = await child(
      "import { setTimeout as sleep } from 'node:timers/promises';" +
        "const start = Date.now(); for (let i = 0; i < 60; i += 1) await sleep(60_000);" +
        "console.log(JSON.stringify([start, Date.now() - start, await sleep(1000, 'value')]))",
    );
    const [start, slept, value] = JSON.parse(seen);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(slept).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(value).toBe("value");
    expect(clock.now().getTime() - start).toBeGreaterThanOrEqual(60 * MINUTE);
  });

  it("sleeps without waiting from CommonJS, by every name of the function", async () => {
    const seen = await child(
      "const a = require('timers/promises').setTimeout, b = require('node:timers').promises.setTimeout;" +
        "const start = Date.now(); a(3600_000).then(() => b(3600_000)).then(() => console.log(Date.now() - start))",
      "commonjs",
    );
    expect(Number(seen)).toBeGreaterThanOrEqual(120 * MINUTE);
  });

  it("keeps dates what they are, except for the present", async () => {
    await clock.sleep(24 * 60 * MINUTE);
    const seen = await child(
      "class Day extends Date {}; const then = new Date(0), now = new Date();" +
        "console.log(JSON.stringify([then.getTime(), now - Date.now() <= 5, now instanceof Date, now.constructor === Date," +
        "new Day(5) instanceof Day, new Day() - Date.now() <= 5, Date.UTC(1970, 0, 1), Date.parse('1970-01-01')," +
        "new Date(1970, 5).getMonth(), typeof Date(), Math.abs(Date.parse(Date()) - Date.now()) < 2000, structuredClone(now) instanceof Date]))",
    );
    expect(JSON.parse(seen)).toEqual([0, true, true, true, true, true, 0, 0, 5, "string", true, true]);
  });

  it("leaves the global timers real", async () => {
    const seen = await child(
      "const start = Date.now(); await new Promise((resume) => setTimeout(resume, 50)); console.log(Date.now() - start)",
    );
    expect(Number(seen)).toBeLessThan(2_000);
  });

  it("aborts a sleep by its signal, and the time that was not slept does not pass", async () => {
    const before = clock.now().getTime();
    const seen = await child(
      "import { setTimeout as sleep } from 'node:timers/promises'; const stop = new AbortController();" +
        "const waiting = sleep(3600_000, null, { signal: stop.signal }); stop.abort('enough');" +
        "const tell = (e) => [e.name, e.code, e.cause];" +
        "console.log(JSON.stringify([await waiting.catch(tell), await sleep(1, null, { signal: stop.signal }).catch(tell)]))",
    );
    expect(JSON.parse(seen)).toEqual([
      ["AbortError", "ABORT_ERR", "enough"],
      ["AbortError", "ABORT_ERR", "enough"],
    ]);
    expect(clock.now().getTime() - before).toBeLessThan(30 * MINUTE);
  });

  it("shares one time with other processes, which sleep side by side", async () => {
    // Both wait for each other first: on a busy machine one could have slept through before the other has begun.
    const meeting = JSON.stringify(await mkdtemp(join(tmpdir(), "meeting-")));
    const sleeper =
      "import { setTimeout as sleep } from 'node:timers/promises'; import { readdirSync, writeFileSync } from 'node:fs';" +
      `writeFileSync(${meeting} + '/' + process.pid, ''); const met = () => readdirSync(${meeting}).length === 2;` +
      "while (!met()) await new Promise((resolve) => globalThis.setTimeout(resolve, 5)); const seen = [];" +
      "for (let i = 0; i < 10; i += 1) { await sleep(60_000); seen.push(Date.now()); } console.log(JSON.stringify(seen))";
    const before = clock.now().getTime();
    const both = await Promise.all([child(sleeper), child(sleeper)]);
    for (const seen of both) {
      const times: number[] = JSON.parse(seen);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeGreaterThanOrEqual(before + 10 * MINUTE);
    }
    expect(clock.now().getTime() - before).toBeLessThan(20 * MINUTE);
  });

  it("fails instead of waiting when the clock is gone", async () => {
    const script =
      "import { setTimeout as sleep } from 'node:timers/promises'; await new Promise((go) => { process.stdin.once('data', go); console.log('ready'); });" +
      "await sleep(60_000).then(() => console.log('slept'), (e) => console.log(e.message)); process.exit()";
    const running = run(process.execPath, [...clock.nodeArguments, "--input-type=module", "--eval", script], {
      env: { ...process.env, ...clock.environment },
    });
    // Only a child that runs has read the offset; one that still starts would fail for another reason.
    await new Promise((resume) => running.child.stdout?.once("data", resume));
    await clock.close();
    running.child.stdin?.write("go\n");
    expect((await running).stdout).toContain("does not answer");
  });
});

async function child(script: string, type: "module" | "commonjs" = "module"): Promise<string> {
  const given = [...clock.nodeArguments, `--input-type=${type}`, "--eval", script];
  const { stdout } = await run(process.execPath, given, { env: { ...process.env, ...clock.environment } });
  return stdout.trim();
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PypiIndex, startPypiIndex } from "../../registries/pypi/pypi.ts";
import { jobNamed, oneJob, runBench } from "../testing.ts";

let folder: string;
let index: PypiIndex;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "python-stand-ins-"));
  index = await startPypiIndex({ storage: folder, clock: { now: () => new Date() } });
});
afterEach(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

const built =
  "mkdir dist && echo a > dist/tide-1.1.0-py3-none-any.whl && echo b > dist/tide-1.1.0.tar.gz && echo c > dist/notes.txt";
const publish = (inputs = "{}") => `      - { uses: pypa/gh-action-pypi-publish@v1, with: ${inputs} }\n`;
const run = (steps: string, env: Record<string, string> = index.publishingEnvironment) =>
  runBench(oneJob(steps), { request: { env } });
const complaintOf = async (running: ReturnType<typeof run>) =>
  jobNamed(await running, "one")
    .steps.flatMap(({ annotations }) => annotations.map(({ message }) => message))
    .join("\n");

describe("setup-python", () => {
  it("gives the host's Python its usual names, where it is one that was asked for", async () => {
    const { log } = await run(
      "      - { uses: actions/setup-python@v6, with: { python-version: 3.x } }\n      - run: python -c 'print(6 * 7)' && pip --version\n",
    );
    expect(log).toContain("42");
    expect(log).toMatch(/pip \d+\./);
  });

  it("refuses another one, and a word that names none", async () => {
    const asking = (version: string) =>
      complaintOf(run(`      - { uses: actions/setup-python@v6, with: { python-version: "${version}" } }\n`));
    expect(await asking("2.7")).toContain("expected Python 2.7, found 3.");
    expect(await asking("pypy3.10")).toContain("cannot tell which Python 'pypy3.10' is");
  });
});

describe("gh-action-pypi-publish", () => {
  it("uploads wheels and source distributions of the folder, and nothing else", async () => {
    await run(`      - run: ${built}\n${publish()}`);
    expect(Object.keys(index.projects().tide?.["1.1.0"]?.files ?? {})).toEqual([
      "tide-1.1.0-py3-none-any.whl",
      "tide-1.1.0.tar.gz",
    ]);
  });

  it("F43: leaves a name that is taken as it is where it is told to, and fails where it is not", async () => {
    await run(`      - run: ${built}\n${publish()}`);
    const other = built.replace("echo a", "echo x");
    expect(await complaintOf(run(`      - run: ${other}\n${publish()}`))).toContain("HTTP 400 File already exists.");
    const skipping = await run(`      - run: ${other}\n${publish("{ skip-existing: true }")}`);
    expect(jobNamed(skipping, "one").conclusion).toBe("success");
  });

  it.each([
    ["an empty folder", "mkdir dist", "{}", "expected wheels or source distributions"],
    ["a token without a right", built, "{ password: pypi-other }", "HTTP 403"],
  ])("fails with %s", async (_what, before, inputs, words) => {
    expect(await complaintOf(run(`      - run: ${before}\n${publish(inputs)}`))).toContain(words);
    expect(index.projects()).toEqual({});
  });

  it("fails in a rehearsal without an index", async () => {
    expect(await complaintOf(run(`      - run: ${built}\n${publish()}`, {}))).toContain("expected an index");
  });
});

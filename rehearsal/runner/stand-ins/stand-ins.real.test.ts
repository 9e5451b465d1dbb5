import { execFileSync } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ArtifactBackend, startArtifacts } from "../../artifacts/start-artifacts.ts";
import { serveGit } from "../../github/smart-http.ts";
import { type BenchOptions, type BenchRun, jobNamed, oneJob, runBench } from "../testing.ts";

const closing: (() => Promise<unknown>)[] = [];
let artifacts: ArtifactBackend;
let serverUrl: string;
let commits: string[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "stand-ins-"));
  artifacts = await startArtifacts({
    folder,
    clock: { now: () => new Date() },
    journal: join(folder, "requests.jsonl"),
  });
  closing.push(() => artifacts.close());
  const bare = join(folder, "harbour.git");
  commits = makeHistory(folder, bare);
  serverUrl = await serve(bare);
});

afterAll(async () => {
  for (const close of closing) await close();
});

/** Two commits on main, one on side, an annotated tag on the first. */
function makeHistory(folder: string, bare: string): string[] {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=mate", "-c", "user.email=mate@example.test", ...args], {
      cwd: join(folder, "work"),
      encoding: "utf8",
    }).trim();
  execFileSync("git", ["init", "-q", "-b", "main", "work"], { cwd: folder });
  const commit = (text: string) => {
    execFileSync("sh", ["-c", `echo ${text} > file; mkdir -p deep; echo ${text} > deep/file`], {
      cwd: join(folder, "work"),
    });
    git("add", ".");
    git("commit", "-qm", text);
    return git("rev-parse", "HEAD");
  };
  const first = commit("first");
  git("tag", "-a", "v1", "-m", "one");
  const second = commit("second");
  git("checkout", "-qb", "side");
  const third = commit("third");
  execFileSync("git", ["clone", "-q", "--bare", "work", bare], { cwd: folder });
  execFileSync("git", ["config", "uploadpack.allowFilter", "true"], { cwd: bare });
  execFileSync("git", ["config", "uploadpack.allowAnySHA1InWant", "true"], { cwd: bare });
  execFileSync("git", ["symbolic-ref", "HEAD", "refs/heads/main"], { cwd: bare });
  return [first, second, third];
}

/** Serves one repository to whoever brings a token of a job. */
async function serve(gitDir: string): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "", "http://localhost");
    const [, basic = ""] = /^basic (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (!Buffer.from(basic, "base64").toString().startsWith("x-access-token:ghs_token_of_")) {
      response.writeHead(401, { "www-authenticate": "Basic" }).end();
      return;
    }
    const suffix = pathname.replace("/ships/harbour", "");
    void serveGit(request, response, { gitDir, suffix, query: search.slice(1), login: "mate" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return `http://git.localhost:${typeof address === "object" ? address?.port : ""}`;
}

function runSteps(steps: string, request: BenchOptions["request"] = {}): Promise<BenchRun> {
  return runBench(oneJob(steps), {
    request: { serverUrl, resultsUrl: artifacts.resultsUrl, sha: commits[1] ?? "", ...request },
    services: { runtimeToken: async ({ runId, job }) => artifacts.runtimeToken({ runId, jobId: job.number }) },
  });
}

describe("checkout", () => {
  it("fetches the commit of the run alone, and takes its credentials away afterwards", async () => {
    const run = await runSteps(`
      - { id: c, uses: actions/checkout@v6 }
      - run: |
          echo "at $(git rev-parse HEAD) on $(git branch --show-current) depth $(git rev-list --count HEAD)"
          echo "is \${{ steps.c.outputs.commit }}"
          git ls-remote origin HEAD && grep -c extraheader .git/config || echo "no token in the configuration"
`);
    expect(run.log).toContain(`at ${commits[1]} on main depth 1`);
    expect(run.log).toContain(`is ${commits[1]}`);
    expect(run.log).toContain("no token in the configuration");
    expect(run.result.conclusion).toBe("success");
    const root = join(run.home, "jobs", `1-${jobNamed(run, "one").number}`);
    expect(await readFile(join(root, "work/harbour/harbour/.git/config"), "utf8")).not.toContain("include");
    expect(JSON.stringify(run.events)).not.toContain("ghs_token");
  });

  it("with fetch-depth 0 brings all history, branches and annotated tags, at the commit of the run", async () => {
    const run = await runSteps(
      `
      - { uses: actions/checkout@v6, with: { fetch-depth: 0, filter: "blob:none" } }
      - run: 'echo "$(git rev-parse HEAD) $(git rev-list --count HEAD) $(git cat-file -t v1) $(git rev-parse origin/side) $(git describe)"'
`,
      { sha: commits[0] ?? "" },
    );
    expect(run.log).toContain(`${commits[0]} 1 tag ${commits[2]} v1`);
  });

  it.each([
    ["a tag", "v1", 0, ""],
    ["a branch", "side", 2, "side"],
    ["a full ref", "refs/heads/main", 1, "main"],
  ])("takes %s as ref", async (_kind, ref, index, branch) => {
    const run = await runSteps(`
      - { uses: actions/checkout@v6, with: { ref: "${ref}", path: below } }
      - { working-directory: below, run: 'echo "$(git rev-parse HEAD)=$(git branch --show-current)"' }
`);
    expect(run.log.split("\n")).toContain(`${commits[index]}=${branch}`);
    expect(run.result.conclusion).toBe("success");
  });

  it("takes a commit as ref, with tags on demand", async () => {
    const run = await runSteps(`
      - { uses: actions/checkout@v6, with: { ref: "${commits[0]}", fetch-tags: true } }
      - run: 'echo "$(git rev-parse HEAD) $(git tag -l)"'
`);
    expect(run.log).toContain(`${commits[0]} v1`);
  });

  it("of another repository takes its default branch", async () => {
    const run = await runSteps(
      `
      - { uses: actions/checkout@v6, with: { repository: ships/harbour } }
      - run: 'echo "$(git rev-parse HEAD)=$(git branch --show-current)"'
`,
      { repository: "ships/other", sha: "c".repeat(40) },
    );
    expect(run.log).toContain(`${commits[1]}=main`);
  });

  it("without persisted credentials leaves nothing to push with", async () => {
    const run = await runSteps(`
      - { uses: actions/checkout@v6, with: { persist-credentials: false } }
      - { name: push, run: git push origin HEAD:refs/heads/new }
`);
    const [checkout, push] = jobNamed(run, "one").steps;
    expect([checkout?.conclusion, push?.conclusion]).toEqual(["success", "failure"]);
    expect(run.log).toContain("fatal: could not read Username for");
  });

  it.each([
    ["an unknown ref", "{ ref: nowhere }", "A branch or tag with the name 'nowhere' could not be found"],
    ["a made-up token", "{ token: made-up }", "git fetch ended with exit code 128"],
    ["a path outside the workspace", "{ path: ../../other }", "is not below the workspace"],
  ])("fails for %s", async (_case, inputs, message) => {
    const run = await runSteps(`      - { uses: actions/checkout@v6, with: ${inputs} }`);
    expect(
      jobNamed(run, "one")
        .steps[0]?.annotations.map((one) => one.message)
        .join(),
    ).toContain(message);
    expect(run.result.conclusion).toBe("failure");
  });
});

describe("setup-node", () => {
  it("accepts the major version that runs and lets npm read the token of a step", async () => {
    const run = await runSteps(`
      - { uses: actions/setup-node@v6, with: { node-version: 24, registry-url: "http://127.0.0.1:9", scope: Ships, package-manager-cache: false } }
      - { run: 'cat "$NPM_CONFIG_USERCONFIG"; echo; echo "token $NODE_AUTH_TOKEN"', env: { NODE_AUTH_TOKEN: letmein } }
`);
    expect(run.log).toContain("//127.0.0.1:9/:_authToken=${NODE_AUTH_TOKEN}\n@ships:registry=http://127.0.0.1:9/");
    expect(run.log).toContain("token letmein");
  });

  it.each([
    ["{ node-version: 22 }", "expected Node.js 22, found v24"],
    ["{ node-version: lts/* }", "cannot tell which Node.js 'lts/*' is"],
    ["{ node-version: 24, check-latest: true }", "'check-latest: true' is not emulated"],
  ])("refuses %s", async (inputs, message) => {
    const run = await runSteps(`      - { uses: actions/setup-node@v6, with: ${inputs} }`);
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toContain(message);
  });
});

describe("artifacts", () => {
  it("travel between jobs with their bytes, one by name and several by pattern", async () => {
    const workflow = `
on: push
jobs:
  up:
    runs-on: ubuntu-latest
    outputs: { digest: "\${{ steps.a.outputs.artifact-digest }}" }
    steps:
      - run: mkdir -p dist/sub && echo a > dist/a && echo b > dist/sub/b && echo h > dist/.hidden && echo c > c.txt
      - { id: a, uses: actions/upload-artifact@v7, with: { name: evidence-a, path: dist, if-no-files-found: error } }
      - { uses: actions/upload-artifact@v7, with: { name: evidence-b, path: "c.txt" } }
  down:
    needs: up
    runs-on: ubuntu-latest
    steps:
      - { uses: actions/download-artifact@v8, with: { name: evidence-a, path: one } }
      - { uses: actions/download-artifact@v8, with: { pattern: "evidence-*", path: each } }
      - { uses: actions/download-artifact@v8, with: { pattern: "evidence-*", path: merged, merge-multiple: true } }
      - run: find . -type f | sort | tr '\\n' ' '; test \${#DIGEST} = 64
        env: { DIGEST: "\${{ needs.up.outputs.digest }}" }
`;
    const run = await runBench(workflow, {
      request: { serverUrl, resultsUrl: artifacts.resultsUrl },
      services: { runtimeToken: async ({ runId, job }) => artifacts.runtimeToken({ runId, jobId: job.number }) },
    });
    expect(run.log).toContain(
      "./each/evidence-a/a ./each/evidence-a/sub/b ./each/evidence-b/c.txt ./merged/a ./merged/c.txt ./merged/sub/b ./one/a ./one/sub/b",
    );
    expect(run.result.conclusion).toBe("success");
  });

  it("without files fail, warn or pass as asked", async () => {
    const run = await runSteps(`
      - { name: ignore, uses: actions/upload-artifact@v7, with: { name: n, path: none, if-no-files-found: ignore } }
      - { name: warn, uses: actions/upload-artifact@v7, with: { name: n, path: none } }
      - { name: error, uses: actions/upload-artifact@v7, with: { name: n, path: "none/*.txt", if-no-files-found: error } }
`);
    const steps = jobNamed(run, "one").steps.map(
      (step) => `${step.name} ${step.conclusion} ${step.annotations.map(({ level }) => level)}`,
    );
    expect(steps).toEqual(["ignore success ", "warn success warning", "error failure error,error"]);
  });

  it("that are not there fail a download by name", async () => {
    const run = await runSteps(`      - { uses: actions/download-artifact@v8, with: { name: absent } }`);
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toContain("Artifact not found for name: absent");
  });
});

import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { promote } from "../../actions/promote/src/promote.ts";
import type { Ports } from "../../actions/promote/src/promote-ports.ts";
import { aGitHub, commitFile, type Fixture } from "../../rehearsal/github/testing.ts";
import { apiRoutes, promotePorts, remoteHead } from "./promote-ground.ts";

const config = `promote:
  chain: [dev, main]
  checks: [test]
  via: pull-request
  backmerge: block
  backmerge-task: back-merge
`;
const least = { contents: "read", "pull-requests": "write", issues: "read", checks: "read", statuses: "read" } as const;
const green = { name: "test", conclusion: "success", completedAt: "2026-01-01T12:00:00Z" } as const;
const R = "/repos/acme/rocket";

let at: Fixture;
/** The client reads the server's address when it is loaded, so that all servers of this file stand at one. */
let port: number | undefined;
let released: string;
let tip: string;

beforeEach(async () => {
  at = await aGitHub(port === undefined ? {} : { port });
  port = Number(new URL(at.github.apiUrl).port);
  released = at.head;
  await at.git("checkout", "-q", "-b", "dev");
  tip = await commitFile(at.work, { path: ".github/seaworthy.yml", text: config, message: "feat: promote" });
  await push("dev");
  at.github.recordCheckRun({ ...green, headSha: tip });
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.close();
});

describe("promote by pull request against the embedded GitHub", () => {
  it("PRO-09 ALL-25: opens one that people can read, moves no branch, and needs no right to write contents", async () => {
    const report = await sit();
    expect(decidingCode(report.checks), JSON.stringify(report.checks)).toBeUndefined();
    expect(report).toMatchObject({ noRelease: true, outputs: { state: "handed-over", sha: tip } });
    expect(report.outputs?.["pull-request"]).toMatch(/\/acme\/rocket\/pull\/1$/);
    const { body } = await at.ask("GET", `${R}/pulls/1`);
    expect(body).toMatchObject({ title: "Promote dev to main", state: "open", mergeable: true, head: { sha: tip } });
    expect(body.body).toContain("feat: promote");
    expect(await headOf("main")).toBe(released);
    expect(apiRoutes(at)).toEqual([
      ...["pulls/list", "pulls/create", "pulls/list", "pulls/get", "checks/list-for-ref"],
      "repos/get-combined-status-for-ref",
      "pulls/get",
      "pulls/get",
    ]);
    expect(at.github.problems()).toEqual([]);
  });

  it("PRO-09: a rerun finds it, and a merge by a person with a merge commit leaves nothing to ship", async () => {
    await sit();
    expect((await sit()).effects).toMatchObject([{ state: "already" }]);
    expect((await mergedBy("merge")).code).toBe(200);
    expect(decidingCode((await sit()).checks)).toBe("promote.backmerge-missing");
    const merge = await headOf("main");
    await at.git("merge", "-q", "--ff-only", merge);
    await push("dev");
    expect(await sit()).toMatchObject({ noRelease: true, outputs: { state: "nothing-to-ship", sha: merge } });
    expect(decidingCode((await sit({ attempt: 2 })).checks)).toBe("promote.gates-not-passed");
    at.github.recordCheckRun({ ...green, headSha: merge });
    expect(await sit({ attempt: 2 })).toMatchObject({ noRelease: false, outputs: { state: "already" } });
  });

  it("PRO-09 F29: a squash leaves main without the commit, which is named and refused", async () => {
    await sit();
    expect((await mergedBy("squash")).code).toBe(200);
    const report = await sit();
    const codes = report.checks.filter(({ result }) => result === "fail").map(({ code }) => code);
    expect(codes).toEqual(["promote.backmerge-missing"]);
    expect(report.checks.map(({ because }) => because).join()).toContain("a squash: it holds the same tree");
    const issue = await at.ask("POST", `${R}/issues`, { body: { title: "Merge back", labels: ["back-merge"] } });
    expect(issue.code).toBe(201);
    expect(decidingCode((await sit()).checks)).toBe("promote.pr-squashed");
  });

  it("PRO-08 F29: a back-merge that is open as a pull request does not block the next promotion", async () => {
    await sit();
    await mergedBy("squash");
    const next = await commitFile(at.work, { path: "b.txt", text: "b\n", message: "fix: b" });
    await push("dev");
    at.github.recordCheckRun({ ...green, headSha: next });
    expect(decidingCode((await sit()).checks)).toBe("promote.backmerge-missing");
    const back = await at.ask("POST", `${R}/pulls`, { body: { title: "Back", head: "main", base: "dev" } });
    expect(back.code).toBe(201);
    expect((await sit()).outputs).toMatchObject({ state: "handed-over", sha: next });
  });

  it("PRO-09: one that was closed without merging is a no, and no second one is opened", async () => {
    await sit();
    await at.ask("PATCH", `${R}/pulls/1`, { body: { state: "closed" } });
    expect(decidingCode((await sit()).checks)).toBe("promote.pr-closed");
    expect((await at.ask("GET", `${R}/pulls?state=all`)).body).toHaveLength(1);
  });

  it("PRO-09: conflicts that only the server sees are refused", async () => {
    await sit();
    const rival = join(at.folder, "rival");
    await at.git("worktree", "add", "-q", "--detach", rival, released);
    const id = await commitFile(rival, { path: ".github/seaworthy.yml", text: "{}\n", message: "fix: other" });
    const between = (ports: Ports): Ports => ({
      ...ports,
      pulls: { ...ports.pulls, read: (number) => moveMain(id).then(() => ports.pulls.read(number)) },
    });
    expect(decidingCode((await sit({ through: between })).checks)).toBe("promote.pr-not-mergeable");
  });

  it("PRO-09: a red check on its commit blocks, and the pull request is named all the same", async () => {
    at.github.recordCheckRun({
      name: "test",
      headSha: tip,
      conclusion: "failure",
      completedAt: "2026-01-01T12:05:00Z",
    });
    const report = await sit();
    expect(decidingCode(report.checks)).toBe("promote.pr-checks-failed");
    expect(report.outputs?.["pull-request"]).toMatch(/\/pull\/1$/);
  });

  it("PRO-09: a token that may not open one is told so, and nothing is there", async () => {
    const token = at.github.issueToken({ permissions: { ...least, "pull-requests": "read" } });
    expect(decidingCode((await sit({ token })).checks)).toBe("promote.permission-missing");
    expect((await at.ask("GET", `${R}/pulls?state=all`)).body).toEqual([]);
  });

  it("PRO-09 ALL-05: a rehearsal leaves the repository as it was", async () => {
    const before = JSON.stringify(await at.github.snapshot());
    expect(await sit({ mode: "rehearsal" })).toMatchObject({ outputs: { state: "planned" } });
    expect(JSON.stringify(await at.github.snapshot())).toBe(before);
  });
});

interface Sitting {
  attempt?: number;
  mode?: "live" | "rehearsal";
  token?: string;
  through?: (ports: Ports) => Ports;
}

async function sit({ attempt = 1, mode = "live", token, through }: Sitting = {}) {
  await at.git("fetch", "-q", at.gitDir, "+refs/heads/*:refs/remotes/origin/*");
  const ports = await promotePorts(at, token ?? at.github.issueToken({ permissions: least, stage: "promote" }));
  const given = { "release-mode": mode, config: ".github/seaworthy.yml", branch: "", "github-token": "t" };
  const run = { repository: "acme/rocket", ref: "refs/heads/dev", sha: await headOf("dev"), attempt };
  return promote(given, run, through ? through(ports) : ports);
}

/** What a person does on the page of the pull request. */
const mergedBy = (method: "merge" | "squash") =>
  at.ask("PUT", `${R}/pulls/1/merge`, { body: { merge_method: method } });

const moveMain = (id: string) => at.git("push", "-q", at.gitDir, `${id}:refs/heads/main`);
const push = (branch: string) => at.git("push", "-q", at.gitDir, `HEAD:refs/heads/${branch}`);
const headOf = (branch: string) => remoteHead(at, branch);

import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { promote } from "../../actions/promote/src/promote.ts";
import type { Ports } from "../../actions/promote/src/promote-ports.ts";
import { aGitHub, commitFile, type Fixture } from "../../rehearsal/github/testing.ts";
import { apiRoutes, promotePorts, remoteHead } from "./promote-ground.ts";

const config = "promote:\n  chain: [dev, main]\n  checks: [test]\n";

let at: Fixture;
/** The client reads the server's address when it is loaded, so that all servers of this file stand at one. */
let port: number | undefined;
let released: string;
let tip: string;

/** `main` stands where it was released; `dev` and `feature` are ahead of it, and CI has passed on their commit. */
beforeEach(async () => {
  at = await aGitHub(port === undefined ? {} : { port });
  port = Number(new URL(at.github.apiUrl).port);
  released = at.head;
  await at.git("checkout", "-q", "-b", "dev");
  await commitFile(at.work, { path: "a.txt", text: "a\n", message: "feat: a" });
  tip = await commitFile(at.work, { path: ".github/seaworthy.yml", text: config, message: "feat: promote" });
  await push("dev");
  await ciPasses(tip);
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.close();
});

describe("promote against the embedded GitHub", () => {
  it("PRO-03 PRO-06: moves main forward in the real repository, with three API requests", async () => {
    const report = await sit();
    expect(decidingCode(report.checks), JSON.stringify(report.checks)).toBeUndefined();
    expect(report.outputs).toMatchObject({ state: "moved", sha: tip });
    expect(await headOf("main")).toBe(tip);
    expect(apiRoutes(at)).toEqual(["checks/list-for-ref", "repos/get-combined-status-for-ref", "git/update-ref"]);
    expect(at.github.problems()).toEqual([]);
  });

  it("PRO-01 ALL-25: a feature goes along two branches with four API requests", async () => {
    const head = await aFeature();
    expect((await sit({ branch: "feature/x" })).outputs).toMatchObject({ state: "moved", sha: head });
    expect([await headOf("dev"), await headOf("main")]).toEqual([head, head]);
    expect(apiRoutes(at)).toEqual([
      "checks/list-for-ref",
      "repos/get-combined-status-for-ref",
      "git/update-ref",
      "git/update-ref",
    ]);
  });

  it("PRO-07: killed after the first hop, the rerun moves the second one only", async () => {
    const head = await aFeature();
    const dying = (ports: Ports): Ports => ({ ...ports, branches: { advance: dieBefore(ports.branches, "main") } });
    await expect(sit({ branch: "feature/x", through: dying })).rejects.toThrow("the machine vanished");
    expect([await headOf("dev"), await headOf("main")]).toEqual([head, released]);

    const rerun = await sit({ branch: "feature/x", attempt: 2 });
    expect(rerun.effects?.map(({ state }) => state)).toEqual(["already", "done"]);
    expect([await headOf("dev"), await headOf("main")]).toEqual([head, head]);
    expect(apiRoutes(at).filter((route) => route === "git/update-ref")).toHaveLength(2);
  });

  it("PRO-03: a diverged main is refused with both ids and the merge base, and stays where it is", async () => {
    const rival = await commitOnMain("b.txt");
    const report = await sit();
    expect(decidingCode(report.checks)).toBe("promote.not-fast-forward");
    expect(report.checks.map(({ because }) => because).join()).toMatch(
      new RegExp(`${rival}.*${tip}.*merge base ${released}`),
    );
    expect(await headOf("main")).toBe(rival);
  });

  it("PRO-03: one that conflicts too says in which files", async () => {
    await commitOnMain("a.txt");
    const report = await sit();
    expect(decidingCode(report.checks)).toBe("promote.conflicting");
    expect(report.checks.map(({ because }) => because).join()).toContain("a merge conflicts in a.txt");
  });

  it("PRO-06: GitHub itself refuses what is no fast-forward, with 422", async () => {
    const { branches } = await promotePorts(at, at.write);
    const rival = await commitOnMain("b.txt");
    expect(await branches.advance({ branch: "main", from: rival, to: tip })).toEqual({
      outcome: "not-forward",
      because: expect.stringContaining("422: Update is not a fast forward"),
    });
    expect(await headOf("main")).toBe(rival);
  });

  it("PRO-07: a protected branch answers with its rule, which the finding repeats", async () => {
    at.github.recordRuleset({
      name: "main is ours",
      target: "branch",
      include: ["refs/heads/main"],
      rules: [{ type: "update" }],
    });
    const report = await sit();
    expect(decidingCode(report.checks)).toBe("promote.push-rejected");
    expect(report.checks.at(-1)?.because).toContain("Cannot update this protected ref.");
    expect(await headOf("main")).toBe(released);
  });

  it("PRO-06: a main that moved between the last look and the write is never overrun", async () => {
    const between = (ports: Ports): Ports => ({
      ...ports,
      branches: {
        advance: async (move) => {
          await commitOnMain("b.txt");
          return ports.branches.advance(move);
        },
      },
    });
    const report = await sit({ through: between });
    expect(decidingCode(report.checks)).toBe("promote.remote-moved");
    expect(await at.git("log", "-1", "--format=%s", await headOf("main"))).toBe("fix: on main");
  });

  it("PRO-07: a token that may only read changes nothing and is named", async () => {
    const token = at.github.issueToken({ permissions: { contents: "read", checks: "read", statuses: "read" } });
    expect(decidingCode((await sit({ token })).checks)).toBe("promote.permission-missing");
    expect(await headOf("main")).toBe(released);
  });

  it("PRO-05 F11: a commit whose CI is red stays off main", async () => {
    const head = await commitFile(at.work, { path: "c.txt", text: "c\n", message: "feat: c" });
    await push("dev");
    at.github.recordCheckRun({
      name: "test",
      headSha: head,
      conclusion: "failure",
      completedAt: "2026-01-01T12:00:00Z",
    });
    expect(decidingCode((await sit()).checks)).toBe("promote.gates-not-passed");
    expect(await headOf("main")).toBe(released);
  });

  it("PRO-04: a second promotion has nothing to ship, and asks the API nothing", async () => {
    await sit();
    const before = apiRoutes(at).length;
    expect(await sit()).toMatchObject({ noRelease: true, outputs: { state: "nothing-to-ship" } });
    expect(apiRoutes(at)).toHaveLength(before);
  });

  it("ALL-05: a rehearsal leaves the repository as it was", async () => {
    const before = JSON.stringify(await at.github.snapshot());
    expect(await sit({ mode: "rehearsal" })).toMatchObject({ outputs: { state: "planned" } });
    expect(JSON.stringify(await at.github.snapshot())).toBe(before);
  });
});

interface Sitting {
  branch?: string;
  attempt?: number;
  mode?: "live" | "rehearsal";
  token?: string;
  through?: (ports: Ports) => Ports;
}

async function sit({ branch = "dev", attempt = 1, mode = "live", token = at.write, through }: Sitting = {}) {
  const ports = await promotePorts(at, token);
  const given = { "release-mode": mode, config: ".github/seaworthy.yml", branch: "", "github-token": token };
  const run = { repository: "acme/rocket", ref: `refs/heads/${branch}`, sha: await headOf(branch), attempt };
  return promote(given, run, through ? through(ports) : ports);
}

function dieBefore(branches: Ports["branches"], branch: string): Ports["branches"]["advance"] {
  return async (move) => {
    if (move.branch === branch) throw new Error("the machine vanished");
    return branches.advance(move);
  };
}

const push = (branch: string) => at.git("push", "-q", at.gitDir, `HEAD:refs/heads/${branch}`);

/** A branch outside the chain, one commit ahead of `dev`. */
async function aFeature(): Promise<string> {
  await at.git("checkout", "-q", "-b", "feature/x");
  const head = await commitFile(at.work, { path: "b.txt", text: "b\n", message: "feat: b" });
  await push("feature/x");
  await ciPasses(head);
  return head;
}

async function ciPasses(headSha: string) {
  at.github.recordCheckRun({ name: "test", headSha, conclusion: "success", completedAt: "2026-01-01T12:00:00Z" });
}

/** Someone else commits to main; the checkout fetches it, and stands where it stood. */
async function commitOnMain(path: string): Promise<string> {
  const elsewhere = join(at.folder, "elsewhere");
  await at.git("worktree", "add", "-q", "--force", "-B", "rival", elsewhere, released);
  const id = await commitFile(elsewhere, { path, text: "rival\n", message: "fix: on main" });
  await at.git("push", "-q", at.gitDir, `${id}:refs/heads/main`);
  return id;
}

const headOf = (branch: string) => remoteHead(at, branch);

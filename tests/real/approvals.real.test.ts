import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { toFailure } from "#src/domain/failure";
import type { Approvals } from "#src/ports/approvals";
import { aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";

let at: Fixture;

beforeAll(async () => {
  at = await aGitHub({
    environments: [
      { name: "release", reviewers: ["grace", "joan"], preventSelfReview: true, branches: "protected" },
      { name: "open" },
      { name: "self", reviewers: ["grace"], branches: "custom" },
    ],
  });
  // The client fixes its base address when it is loaded, so it is loaded after this line.
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
  const facts = { path: ".github/workflows/release.yml", headSha: at.head, event: "workflow_dispatch" };
  at.github.recordRun({ id: 7, ...facts, actor: "mona" });
  at.github.recordRun({ id: 8, ...facts, actor: "mona" });
  at.github.recordRun({ id: 10, ...facts, actor: "harbour[bot]" });
  const given = { runId: 7, environments: ["release"], comment: "fair wind" };
  at.github.recordApproval({ ...given, state: "approved", user: "grace" });
  at.github.recordApproval({ ...given, state: "rejected", user: "harbour[bot]" });
  at.github.recordApproval({ ...given, runId: 8, state: "approved", user: "joan" });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  expect(at.github.problems()).toEqual([]);
  await at.close();
});

async function approvals(permissions: Record<string, "read">, run = "7"): Promise<Approvals> {
  const { githubApprovals } = await import("#src/adapters/github-approvals");
  return githubApprovals(at.github.issueToken({ permissions }), "acme/rocket", run);
}

const reader = () => approvals({ actions: "read", contents: "read" });

describe("approvals on GitHub", () => {
  it("GAT-54: an environment tells its reviewers, and whether it lets them approve their own runs", async () => {
    const ask = await reader();
    expect(await ask.protection("release")).toMatchObject({
      ...{ reviewers: ["grace", "joan"], preventsSelfReview: true, restrictsBranches: true },
    });
    expect(await ask.protection("self")).toMatchObject({ preventsSelfReview: false, restrictsBranches: true });
    expect(await ask.protection("open")).toMatchObject({
      ...{ reviewers: [], preventsSelfReview: false, restrictsBranches: false },
    });
  });

  it("GAT-54: an environment that does not exist is absent, and asking does not create it", async () => {
    const ask = await reader();
    expect(await ask.protection("nowhere")).toBe("absent");
    expect(at.github.reviewersOf("nowhere")).toBeUndefined();
  });

  it("GAT-54: a run tells who answered what, and of what kind they are, and nothing of other runs", async () => {
    expect(await (await reader()).reviews()).toEqual([
      { state: "approved", by: "grace", automated: false, comment: "fair wind", environments: ["release"] },
      { state: "rejected", by: "harbour[bot]", automated: true, comment: "fair wind", environments: ["release"] },
    ]);
  });

  it("a run tells who started it, and a commit whose account its author has", async () => {
    const ask = await reader();
    expect(await ask.actors()).toEqual(["mona"]);
    expect(await ask.author(at.head)).toBe("ada");
  });

  it("GAT-54: a run that automation started tells so by its login", async () => {
    expect(await (await approvals({ actions: "read" }, "10")).actors()).toEqual(["harbour[bot]"]);
  });

  it("a commit of an address without an account has no author", async () => {
    await at.git("commit", "-q", "--allow-empty", "--author", "Nobody <no body@example.org>", "-m", "Drift");
    await at.git("push", "-q", at.gitDir, "HEAD:refs/heads/drift");
    expect(await (await reader()).author(await at.git("rev-parse", "HEAD"))).toBeUndefined();
  });

  it.each<[question: string, ask: (port: Approvals) => Promise<unknown>]>([
    ["protection", (port) => port.protection("release")],
    ["reviews", (port) => port.reviews()],
    ["starters", (port) => port.actors()],
  ])("without `actions: read`, the question for %s is refused and never answered with none", async (_question, ask) => {
    const thrown = await ask(await approvals({ contents: "read" })).catch(toFailure);
    expect(thrown).toMatchObject({ kind: "permission", code: "all.permission-missing" });
  });

  it("a run that is not there is no run without reviews", async () => {
    const thrown = await (await approvals({ actions: "read" }, "9")).reviews().catch(toFailure);
    expect(thrown).toMatchObject({ code: "all.upstream-unreachable" });
  });
});

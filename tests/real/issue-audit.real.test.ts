import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type ArtifactBackend, startArtifacts } from "../../rehearsal/artifacts/start-artifacts.ts";
import { readZip } from "../../rehearsal/artifacts/zip.ts";
import { aGitHub, commitFile, type Fixture } from "../../rehearsal/github/testing.ts";
import { countRequests } from "../../rehearsal/request-counts.ts";
import { runBundle } from "../bundles/run-bundle.ts";

const stage = "plan-release";
const told = "It leaks.\n\n### Impact\n\nAll boats.\n\n### Affected files\n\n- `a.ts`";
const config = (issues: string) =>
  `version:\n  sources:\n    - { kind: plain, file: VERSION }\nchangelog:\n  format: none\nissues:\n  audit: block\n${issues}`;

const auditForm = z.object({
  commits: z.array(z.object({ state: z.string(), issues: z.array(z.string()) })),
  drafts: z.array(z.object({ title: z.string(), body: z.string() })),
});

let at: Fixture;
let artifacts: ArtifactBackend;
let runs = 40;

beforeEach(async () => {
  at = await aGitHub();
  mkdirSync(join(at.folder, "artifacts"));
  artifacts = await startArtifacts({
    folder: join(at.folder, "artifacts"),
    clock: { now: () => new Date() },
    journal: join(at.folder, "artifacts.jsonl"),
  });
  await at.git("remote", "add", "origin", at.gitDir);
});
afterEach(async () => {
  await artifacts.close();
  await at.close();
});

describe("PLN-40: the shipped plan-release against the embedded GitHub", () => {
  it.each([3, 100])("audits %i commits in three requests, each with its pull request and issue", async (count) => {
    await release(count - others, "");
    const { ending, audit } = await plan();
    expect(ending.outputs.verdict, ending.log).toBe("pass");
    expect(audit?.commits.filter(({ state }) => state === "linked")).toHaveLength(count - others);
    expect(requests()).toEqual({ stage, api: 3, assets: 0, git: expect.any(Number) });
    expect(at.github.problems()).toEqual([]);
  });

  it("refuses a commit without an issue, drafts one with its files, and writes nothing", async () => {
    await release(3, "  file-missing: true\n");
    await commitFile(at.work, { path: "src/leak.ts", text: "x\n", message: "fix: leak <b>" });
    await at.git("push", "-q", "origin", "main");
    const before = await at.github.snapshot();
    const { ending, audit, handed } = await plan();
    expect(ending.outputs).toMatchObject({ verdict: "fail", code: "plan.commit-without-issue" });
    expect(audit?.drafts).toMatchObject([
      { title: "fix: leak <b>", body: expect.stringContaining("### Affected files\n\n- `src/leak.ts`\n") },
    ]);
    expect(handed?.file).toHaveLength(1);
    expect(ending.summary).toContain("no issue: names none");
    expect(await at.github.snapshot()).toEqual(before);
  });

  it("cannot tell with a token that may not see pull requests, and blocks", async () => {
    await release(2, "");
    const { ending } = await plan({ contents: "read", issues: "read" });
    expect(ending.outputs).toMatchObject({ verdict: "inconclusive", code: "plan.issues-unknown" });
  });
});

/** Commits of excluded types that a release has besides. */
const others = 2;

/** A release of so many commits after 1.0.0; each came by a pull request of its own, which closed an issue of its own. */
async function release(count: number, issues: string): Promise<void> {
  await commitFile(at.work, { path: "VERSION", text: "1.0.0\n", message: "chore: begin" });
  await at.git("tag", "v1.0.0");
  await commitFile(at.work, { path: ".github/seaworthy.yml", text: config(issues), message: "ci: configure" });
  await commitFile(at.work, { path: "VERSION", text: "1.1.0\n", message: "chore: 1.1.0" });
  for (let index = 0; index < count; index += 1) {
    await at.git("commit", "-q", "--allow-empty", "-m", `feat: tide ${index}`);
    const sha = await at.git("rev-parse", "HEAD");
    const issue = at.github.recordIssue({ title: `Tide ${index}`, body: told, labels: ["bug"], state: "closed" });
    at.github.recordPullRequest({ title: `Tide ${index}`, commits: [sha], closes: [issue] });
  }
  await at.git("push", "-q", "--tags", "origin", "main");
}

async function plan(permissions: Parameters<Fixture["github"]["issueToken"]>[0]["permissions"] = everything) {
  runs += 1;
  const head = await at.git("rev-parse", "HEAD");
  const ending = await runBundle("plan-release", {
    inputs: { "github-token": at.github.issueToken({ permissions, stage }), operator: "ada" },
    environment: {
      GITHUB_REPOSITORY: "acme/rocket",
      GITHUB_RUN_ID: String(runs),
      GITHUB_SHA: head,
      GITHUB_REF: "refs/heads/main",
      GITHUB_EVENT_NAME: "push",
      GITHUB_SERVER_URL: at.github.serverUrl,
      GITHUB_API_URL: at.github.apiUrl,
      GITHUB_WORKSPACE: at.work,
      GIT_CONFIG_GLOBAL: "/dev/null",
      ACTIONS_RESULTS_URL: artifacts.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: artifacts.runtimeToken({ runId: runs, jobId: 1 }),
    },
  });
  const [artifact] = artifacts.list().filter((one) => one.runId === String(runs));
  const files = artifact ? readZip(artifacts.read(artifact.id) ?? Buffer.alloc(0)) : [];
  const read = (name: string): unknown => {
    const found = files.find((one) => one.name === name);
    return found && JSON.parse(found.content.toString("utf8"));
  };
  return {
    ending,
    audit: auditForm.optional().parse(read("issue-audit.json")),
    handed: z
      .object({ file: z.array(z.unknown()) })
      .optional()
      .parse(read("issues-to-file.json")),
  };
}

const everything = { contents: "read", issues: "read", "pull-requests": "read" } as const;

const requests = () => countRequests(at.journal).find((one) => one.stage === stage);

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { startArtifacts } from "../../rehearsal/artifacts/start-artifacts.ts";
import { startGitHub } from "../../rehearsal/github/start-github.ts";
import { ALL, NOON } from "../../rehearsal/github/testing.ts";
import { runBundle } from "../bundles/run-bundle.ts";
import { findCases } from "./case-files.ts";
import { rebuildCase } from "./repository.ts";

const question = "May the release merge proceed (fast-forward only)?";
const merge = z.object({ from_branch: z.string(), from: z.string(), into_branch: z.string(), into: z.string() });
const decisions = z.object({ decision: z.enum(["fast-forward", "nothing-to-ship", "block"]) });

const cases = findCases().flatMap((recorded) =>
  recorded.expectations
    .filter((one) => one.question === question)
    .map(({ id, given, expected }) => {
      return { id, recorded, given: merge.parse(given), expected: decisions.parse(expected).decision };
    }),
);

/** How the shipped bundle says what a case calls by its own name. */
const endings = {
  "fast-forward": { code: 0, verdict: "pass", outcome: "release", state: "moved", moves: true },
  "nothing-to-ship": { code: 0, verdict: "pass", outcome: "no-release", state: "nothing-to-ship", moves: false },
  block: { code: 1, verdict: "fail", outcome: "blocked", state: "unknown", moves: false },
} as const;

describe("the release merges of real histories", () => {
  it("are the four that were recorded", () => {
    expect(cases.map(({ id }) => id).sort()).toEqual(["plasmite-19", "plasmite-20", "rally-18", "rally-19"]);
  });

  it.each(cases)("PRO-03 PRO-04 F29 $id: $given.from_branch into $given.into_branch is $expected", async (one) => {
    const { ending, idOf, headOf } = await promoteCase(one);
    const { moves, code, ...outputs } = endings[one.expected];
    expect(ending.code, ending.log).toBe(code);
    expect(ending.outputs).toMatchObject(outputs);
    expect(headOf[one.given.into_branch]).toBe(idOf(moves ? one.given.from : one.given.into));
    if (one.expected === "block") {
      expect(["promote.not-fast-forward", "promote.conflicting"]).toContain(ending.outputs.code);
      for (const id of [one.given.from, one.given.into]) expect(ending.summary).toContain(idOf(id));
    }
  });
});

/** Promotes by the shipped bundle, with the embedded GitHub over the rebuilt history. */
async function promoteCase({ recorded, given }: (typeof cases)[number]) {
  const { folder, idOf, remove } = rebuildCase(recorded);
  const gitDir = join(folder, "history.git");
  const clock = { now: () => NOON };
  const repository = `case/${recorded.name}`;
  const github = await startGitHub({ repository, gitDir, clock, journal: join(folder, "github.jsonl") });
  const store = { folder: join(folder, "artifacts"), clock, journal: join(folder, "artifacts.jsonl") };
  mkdirSync(store.folder);
  const artifacts = await startArtifacts(store);
  github.serveArtifacts(artifacts.source);
  try {
    const head = idOf(given.from);
    github.recordCheckRun({ name: "test", headSha: head, conclusion: "success", completedAt: "2026-01-01T12:00:00Z" });
    const workspace = checkOut(folder, gitDir, { branch: given.from_branch, head, config: configFor(given) });
    const ending = await runBundle("promote", {
      inputs: { "github-token": github.issueToken({ permissions: ALL }), "release-mode": "live" },
      environment: {
        GITHUB_REPOSITORY: repository,
        GITHUB_REF: `refs/heads/${given.from_branch}`,
        GITHUB_SHA: head,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_SERVER_URL: github.serverUrl,
        GITHUB_WORKSPACE: workspace,
        ACTIONS_RESULTS_URL: artifacts.resultsUrl,
        ACTIONS_RUNTIME_TOKEN: artifacts.runtimeToken({ runId: 7, jobId: 8 }),
      },
    });
    expect(github.problems()).toEqual([]);
    const heads = git(gitDir, "for-each-ref", "--format=%(refname:strip=2) %(objectname)", "refs/heads");
    const headOf: Record<string, string> = Object.fromEntries(heads.split("\n").map((line) => line.split(" ")));
    return { ending, idOf, headOf };
  } finally {
    await Promise.all([github.close(), artifacts.close()]);
    remove();
  }
}

function configFor({ from_branch, into_branch }: z.infer<typeof merge>): string {
  const chain = from_branch === "dev" ? [from_branch, into_branch] : [into_branch];
  return JSON.stringify({ promote: { chain, checks: ["test"] } });
}

/**
 * Checks the branch out. The recorded commits hold no configuration of ours, so the checkout sees the promoted commit with
 * one, through git-replace(1): every id and every ancestry stays what it was.
 */
function checkOut(folder: string, gitDir: string, at: { branch: string; head: string; config: string }): string {
  const work = join(folder, "work");
  git(folder, "clone", "--quiet", "--no-checkout", gitDir, work);
  const write = (type: string, input: string) => git(work, { input }, "hash-object", "-t", type, "-w", "--stdin");
  const blob = write("blob", at.config);
  git(work, "read-tree", at.head);
  git(work, "update-index", "--add", "--cacheinfo", `100644,${blob},.github/seaworthy.yml`);
  const raw = git(work, "cat-file", "commit", at.head);
  const seen = write("commit", `${raw.replace(/^tree .*$/m, `tree ${git(work, "write-tree")}`)}\n`);
  git(work, "replace", at.head, seen);
  git(work, "checkout", "--quiet", "--force", "-B", at.branch, at.head);
  return work;
}

function git(folder: string, first: string | { input: string }, ...rest: string[]): string {
  const args = typeof first === "string" ? [first, ...rest] : rest;
  const options = typeof first === "string" ? {} : first;
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", args, { cwd: folder, env, encoding: "utf8", stdio: "pipe", ...options }).trim();
}

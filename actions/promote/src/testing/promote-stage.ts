import { aSha } from "#src/testing/builders";
import { type BranchFaults, FakeBranches, type FakeCommit, fakeBranchHistory } from "#src/testing/fake-branches";
import { aCheckRun, fakeCheckRuns } from "#src/testing/fake-check-runs";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeIssues } from "#src/testing/fake-issues";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { FakePullRequests, type PullFaults } from "#src/testing/fake-pull-requests";
import { promote } from "../promote.ts";

const [c1, c2, c3, c4] = [aSha("1"), aSha("2"), aSha("3"), aSha("4")];
const squash = aSha("5");
const rival = aSha("6");
const commitsOf: FakeCommit[] = [
  { sha: c1, parents: [] },
  { sha: c2, parents: [c1] },
  { sha: c3, parents: [c2], tree: "three" },
  { sha: c4, parents: [c3], subject: "feat: <b>tides</b>, see #12" },
  { sha: squash, parents: [c2], tree: "three", subject: "Release 1.0 (#7)" },
  { sha: rival, parents: [c2] },
];

/** The commits of a line, oldest first. A squash of the third (`5`) and a rival (`6`) stand beside it, on the second. */
export const line = [c1, c2, c3, c4] as const;

/** The configuration of a chain of two branches. */
export const config = "promote:\n  chain: [dev, main]\n  checks: [test]\n";

/** What is promoted, and from where. */
export interface Scene {
  heads: Record<string, string>;
  /** Branch of the run. */
  branch?: string;
  ref?: string;
  /** Commit of the checkout, and of the run; the tip of the branch where absent. */
  head?: string;
  sha?: string;
  dirty?: string[];
  shallow?: boolean;
  conflicts?: string[];
  /** Commits besides those of the line. */
  more?: FakeCommit[];
  config?: string;
  runs?: ReturnType<typeof aCheckRun>[];
  looks?: ReturnType<typeof aCheckRun>[][];
  faults?: BranchFaults;
  pullFaults?: PullFaults;
  issues?: FakeIssues;
  attempt?: number;
  mode?: "live" | "rehearsal";
}

/** Builds a promotion over fakes. */
export function aPromotion(scene: Scene) {
  const { heads, branch = "dev", dirty = [], shallow = false, faults = {}, attempt = 1, mode = "live" } = scene;
  const head = scene.head ?? heads[branch] ?? c4;
  const known = [...commitsOf, ...(scene.more ?? [])];
  const subjects = new Map(known.map(({ sha, subject }) => [sha, subject]));
  const history = fakeBranchHistory(known, scene.conflicts);
  const files = { ".github/seaworthy.yml": scene.config ?? config };
  const commits = known.map(({ sha, parents }) => ({ sha, parents, message: subjects.get(sha) ?? "", files }));
  const remote = new FakeBranches(heads, history, faults);
  const checkRuns = fakeCheckRuns(...(scene.looks ?? [scene.runs ?? [aCheckRun({ sha: head })]]));
  const clock = fakeClock();
  const given = { "release-mode": mode, config: ".github/seaworthy.yml", branch: "", "github-token": "t" };
  const run = { repository: "octo/tide", ref: scene.ref ?? `refs/heads/${branch}`, sha: scene.sha ?? head, attempt };
  const local = fakeLocalGit({ commits, checkout: { head, shallow, dirty } });
  const pulls = new FakePullRequests(remote.heads, scene.pullFaults);
  const issues = scene.issues ?? new FakeIssues();
  const ports = { local, history, remote, checkRuns, branches: remote, pulls, issues, clock };
  return { run: () => promote(given, run, ports), remote, pulls, checkRuns, clock };
}

/** Builds a promotion and sits through it. */
export async function sitPromotion(scene: Scene) {
  const world = aPromotion(scene);
  return { report: await world.run(), ...world };
}

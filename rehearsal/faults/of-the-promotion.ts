import { git } from "../git.ts";
import { swap } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "ship-it-cli", stage: "promote" } as const;
const person = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];

/** What the job needs that opens a pull request and moves no branch. */
const byPullRequest = "      contents: read\n      pull-requests: write\n      issues: read\n";

/** Faults of what stands between a branch and the one that releases start from. */
export const promotionFaults: Fault[] = [
  {
    ...shared,
    name: "release-squashed",
    proves: "PRO-03 F29",
    title: "an earlier release was squashed on main and never merged back",
    expected: aborted("promote.not-fast-forward"),
    refs: async (gitDir, head) => {
      const message = ["-m", "Release what dev held (#7)"];
      const squash = await git([...person, "commit-tree", `${head}~1^{tree}`, "-p", "main", ...message], gitDir);
      await git(["update-ref", "refs/heads/main", squash], gitDir);
    },
  },
  {
    ...shared,
    name: "promotion-without-ci",
    proves: "PRO-05 GAT-10",
    title: "CI never ran on the commit that is to reach main",
    expected: aborted("promote.gates-not-passed"),
    withoutCi: true,
  },
  {
    ...shared,
    name: "main-protected",
    proves: "PRO-07",
    title: "a ruleset forbids the workflow to move main",
    expected: aborted("promote.push-rejected"),
    trace: { journal: "requests", line: { route: "git/update-ref", status: 422 } },
    arrange: ({ github }) => {
      const include = ["refs/heads/main"];
      github.recordRuleset({ name: "main is ours", target: "branch", include, rules: [{ type: "update" }] });
    },
  },
  {
    ...shared,
    name: "promotion-by-people",
    proves: "PRO-09",
    title: "the promotion is handed to a person as a pull request, which nobody has merged yet",
    expected: { verdict: "no-release", reason: "" },
    trace: { journal: "requests", line: { route: "pulls/create", status: 201 } },
    edits: {
      ".github/seaworthy.yml": swap("\ngates:\n", "\npromote: { via: pull-request }\n\ngates:\n"),
      ".github/workflows/ship-it.yml": (text) =>
        swap(
          "/promote-branch.yml@",
          "/promote-by-pull-request.yml@",
        )(swap("      contents: write # moves main forward\n", byPullRequest)(text)),
    },
  },
  {
    ...shared,
    name: "nothing-to-ship",
    proves: "PRO-04",
    title: "main holds the commit already",
    expected: { verdict: "no-release", reason: "promote.nothing-to-ship" },
    refs: (gitDir, head) => git(["update-ref", "refs/heads/main", head], gitDir),
  },
  {
    ...shared,
    name: "killed-after-promotion",
    proves: "PRO-07",
    title: "the machine vanishes right after main was moved; --resume goes on",
    expected: { verdict: "lost", reason: "" },
    trace: { journal: "requests", line: { route: "git/update-ref", status: 200 } },
    arrange: ({ github }, { kill }) =>
      github.onRequest(({ route, status: code }) => {
        if (route === "git/update-ref" && code === 200) kill();
      }),
  },
];

import { git } from "../git.ts";
import { swap } from "./edits.ts";
import { starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package", stage: "auto-tag" } as const;

/** Adds a `tag` section to the configuration that is released. */
const tagged = (section: string) => ({
  ".github/seaworthy.yml": swap("\nchannels:\n", `\ntag: ${section}\n\nchannels:\n`),
});

/** Faults around the tag: what protects it, what answers for it, what follows it. */
export const tagFaults: Fault[] = [
  {
    ...shared,
    name: "tag-forbidden",
    proves: "TAG-08",
    title: "a ruleset restricts who may create tags",
    expected: aborted("tag.rule-forbids"),
    trace: { journal: "requests", line: { route: "git/create-ref", status: 422 } },
    arrange: ({ github }) => {
      github.recordRuleset({
        name: "release tags",
        target: "tag",
        include: ["refs/tags/v*"],
        rules: [{ type: "creation" }],
      });
    },
  },
  {
    ...shared,
    name: "tag-answer-lost",
    proves: "TAG-08 ALL-09",
    title: "the tag is written, and GitHub's answer is lost",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "requests", line: { route: "git/create-ref", status: 201, fault: "cut" } },
    arrange: ({ github }) => github.faults.cutAfter("git/create-ref", 1),
  },
  {
    ...shared,
    name: "tag-server-error",
    proves: "TAG-08",
    title: "GitHub fails while the tag is written",
    expected: aborted("tag.create-failed"),
    trace: { journal: "requests", line: { route: "git/create-ref", status: 500, fault: "failed" } },
    arrange: ({ github }) => github.faults.fail("git/create-ref", 500, 1),
  },
  {
    ...shared,
    name: "tag-quota-spent",
    proves: "ALL-08",
    title: "the hour's quota of API requests is spent when the tag is to be written",
    expected: aborted("all.rate-limited"),
    trace: { journal: "requests", line: { stage: "tag", status: 403, fault: "primary-limit" } },
    during: ({ github }, event) => {
      if (starts(event, "tag")) github.faults.primaryLimit();
    },
  },
  {
    ...shared,
    name: "tag-asked-too-fast",
    proves: "ALL-08",
    title: "GitHub asks to wait seven seconds before the tag is written",
    expected: aborted("all.rate-limited"),
    trace: { journal: "requests", line: { stage: "tag", status: 403, fault: "secondary-limit" } },
    during: ({ github }, event) => {
      if (starts(event, "tag")) github.faults.secondaryLimit(1, 7);
    },
  },
  {
    ...shared,
    name: "tag-key-missing",
    proves: "TAG-04",
    title: "the tag is to be signed, and the secret with the key is not there",
    expected: aborted("tag.sign-failed"),
    edits: tagged('{ kind: signed, signing: { format: ssh, signers: "ada@example.org ssh-ed25519 AAAA" } }'),
  },
  {
    ...shared,
    name: "tag-next-not-permitted",
    proves: "TAG-01 TAG-10",
    title: "the next workflow is to be dispatched, and the job lacks the permission",
    expected: aborted("tag.permission-missing"),
    edits: tagged("{ next: { mode: dispatch, workflow: ci.yml } }"),
  },
  {
    ...shared,
    name: "tag-branch-diverged",
    proves: "ALL-20",
    title: "the branch of the major version holds commits that the release does not",
    expected: aborted("tag.branch-diverged"),
    edits: tagged("{ floating-major: branch }"),
    refs: async (gitDir, head) => {
      const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
      const stray = await git([...identity, "commit-tree", `${head}^{tree}`, "-m", "stray"], gitDir);
      await git(["update-ref", "refs/heads/v1", stray], gitDir);
    },
  },
];

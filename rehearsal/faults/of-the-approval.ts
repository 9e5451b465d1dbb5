import { formatInstant } from "#src/domain/instant";
import type { World } from "../world.ts";
import { both, swap, withGate } from "./edits.ts";
import { starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";
import { overriding } from "./of-the-repository.ts";

const environment = "release";

const shared = { example: "npm-package", stage: "release-gates" } as const;

/** Lets the example ask people: by a gate with these keys, and in the workflow, where an environment asks. */
const asking = (keys: string, place = environment) => ({
  ".github/seaworthy.yml": swap(
    "gates:\n",
    `gates:\n  - { id: sign-off, title: A person agrees, kind: approval, ${keys} }\n`,
  ),
  ".github/workflows/release.yml": swap(
    "      rehearsal: ${{ inputs.rehearsal }}\n",
    `      rehearsal: \${{ inputs.rehearsal }}\n      approval-environment: "${place}"\n`,
  ),
});

const protect = ({ github }: World, reviewers: string[]) =>
  void github.recordEnvironment({ name: environment, reviewers, preventSelfReview: true });

/** Somebody opens the issue on which approvers are asked, and one of them says yes to exactly this commit. */
function answerOnIssue({ github }: World, head: string, opener: string): void {
  const on = github.recordIssue({ title: "Approve release v1.1.0", author: opener });
  github.recordComment({ on, author: "grace", body: `approve v1.1.0 ${head}` });
}

/** A gate that takes the reviewed merge for the approval. */
const merged = withGate("id: reviewed\ntitle: People agreed to the merge\nkind: approval\nmerge-review: true");

/** The candidate came by a pull request into a branch whose rules ask for a review, and grace has reviewed it. */
function merge(
  { github, clock }: World,
  head: string,
  review: { commit: string; state: "APPROVED" | "DISMISSED" },
): void {
  const parameters = {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: false,
    require_last_push_approval: true,
    required_review_thread_resolution: false,
  };
  const rules = [{ type: "pull_request", parameters }];
  github.recordRuleset({ name: "reviewed", target: "branch", include: ["~DEFAULT_BRANCH"], rules });
  const by = { user: "grace", association: "MEMBER", submittedAt: formatInstant(clock.now()) } as const;
  github.recordPullRequest({ title: "Tell the height of the water", commits: [head], reviews: [{ ...by, ...review }] });
}

/** The reviews were read, whatever they said. */
const trace = { journal: "requests", line: { route: "actions/get-reviews-for-run", status: 200 } } as const;

/** Faults of the people who are asked before the tag, and of the environment that asks them. */
export const approvalFaults: Fault[] = [
  {
    ...shared,
    name: "approval-awaited",
    proves: "GAT-54 GAT-57 ALL-21",
    title: "the release waits for a person, who agrees",
    expected: { verdict: "Released", reason: "" },
    trace,
    edits: asking(`environment: ${environment}, branch-policy: true`),
    arrange: ({ github }) =>
      void github.recordEnvironment({
        name: environment,
        reviewers: ["grace"],
        preventSelfReview: true,
        branches: "protected",
      }),
  },
  {
    ...shared,
    name: "override-approved",
    proves: "ALL-07 VER-17",
    stage: "verdict",
    title: "a person overrides a finding of the plan, and another one approves the release",
    expected: { verdict: "Released-with-override", reason: "verdict.overridden" },
    trace,
    edits: both(asking(`environment: ${environment}`), overriding),
    arrange: (world) => protect(world, ["grace"]),
  },
  {
    ...shared,
    name: "approval-unprotected",
    proves: "GAT-54",
    title: "the environment that is to ask a person asks nobody",
    expected: aborted("gates.approval-unprotected"),
    trace: { journal: "requests", line: { route: "repos/get-environment", status: 200 } },
    edits: asking(`environment: ${environment}`),
    arrange: (world) => protect(world, []),
  },
  {
    ...shared,
    name: "approval-elsewhere",
    proves: "GAT-54",
    title: "the workflow waits for another environment than the gate names",
    expected: aborted("gates.approval-missing"),
    edits: asking(`environment: ${environment}`, "playground"),
  },
  {
    ...shared,
    name: "approval-rejected",
    proves: "GAT-57 VER-11",
    title: "a reviewer rejects the release",
    expected: aborted("gates.aborted-by-decision"),
    edits: asking(`environment: ${environment}`),
    review: "rejected",
  },
  {
    ...shared,
    name: "approval-by-author",
    proves: "GAT-54",
    title: "the author of the candidate approves it",
    expected: aborted("gates.approval-same-person"),
    trace,
    // The commit that a fault adds has the rehearsal as its author, which starts the run too.
    edits: asking(`environment: ${environment}, not-by: [author]`),
    arrange: (world) => protect(world, ["rehearsal"]),
  },
  {
    ...shared,
    name: "approval-by-automation",
    proves: "GAT-54",
    title: "an app approves the release",
    expected: aborted("gates.approval-missing"),
    trace,
    edits: asking(`environment: ${environment}`),
    arrange: (world) => protect(world, ["harbour[bot]"]),
  },
  {
    ...shared,
    name: "approval-unanswered",
    proves: "GAT-54 ALL-21",
    title: "no approver answers on the issue, on a plan without protected environments",
    expected: aborted("gates.approval-missing"),
    edits: asking("fallback: issue, approvers: [grace]", ""),
  },
  {
    ...shared,
    name: "approval-on-issue",
    proves: "GAT-54 GAT-57 ALL-21",
    title: "an approver opens the issue and answers on it, while the release waits",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "requests", line: { route: "issues/list-comments", status: 200 } },
    edits: asking("fallback: issue, approvers: [grace], wait: 10m", ""),
    during: (world, event, { head }) => {
      if (starts(event, "approve")) answerOnIssue(world, head, "grace");
    },
  },
  {
    ...shared,
    name: "approval-on-strangers-issue",
    proves: "GAT-54",
    title: "an approver answers on an issue that a stranger has opened",
    expected: aborted("gates.approval-missing"),
    trace: { journal: "requests", line: { route: "issues/list-comments", status: 200 } },
    edits: asking("fallback: issue, approvers: [grace]", ""),
    during: (world, event, { head }) => {
      if (starts(event, "approve")) answerOnIssue(world, head, "mallory");
    },
  },
  {
    ...shared,
    name: "merge-reviewed",
    proves: "GAT-58",
    title: "the reviewed merge of the candidate is the approval, and nobody is asked again",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "requests", line: { route: "pulls/list-reviews", status: 200 } },
    edits: merged,
    arrange: (world, { head }) => merge(world, head, { commit: head, state: "APPROVED" }),
  },
  {
    ...shared,
    name: "merge-approval-dismissed",
    proves: "GAT-58",
    title: "the approval of the merge was dismissed before it was merged",
    expected: aborted("gates.merge-review-missing"),
    trace: { journal: "requests", line: { route: "pulls/list-reviews", status: 200 } },
    edits: merged,
    arrange: (world, { head }) => merge(world, head, { commit: head, state: "DISMISSED" }),
  },
  {
    ...shared,
    name: "approval-early",
    proves: "GAT-54 GAT-57",
    title: "a reviewer approves before the gates were collected, and nobody is asked afterwards",
    expected: aborted("gates.approval-missing"),
    trace,
    edits: asking(`environment: ${environment}`),
    arrange: (world) => protect(world, ["grace"]),
    during: (world, event, { runId }) => {
      if (!starts(event, "collect")) return;
      const review = { state: "approved", user: "grace", comment: "as good as done" } as const;
      world.github.recordApproval({ runId, environments: [environment], ...review });
      protect(world, []);
    },
  },
];

import type { World } from "../world.ts";
import { both, swap } from "./edits.ts";
import type { Fault } from "./fault.ts";
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
    expected: { verdict: "Aborted", reason: "gates.approval-unprotected" },
    trace: { journal: "requests", line: { route: "repos/get-environment", status: 200 } },
    edits: asking(`environment: ${environment}`),
    arrange: (world) => protect(world, []),
  },
  {
    ...shared,
    name: "approval-elsewhere",
    proves: "GAT-54",
    title: "the workflow waits for another environment than the gate names",
    expected: { verdict: "Aborted", reason: "gates.approval-missing" },
    edits: asking(`environment: ${environment}`, "playground"),
  },
  {
    ...shared,
    name: "approval-rejected",
    proves: "GAT-57 VER-11",
    title: "a reviewer rejects the release",
    expected: { verdict: "Aborted", reason: "gates.aborted-by-decision" },
    edits: asking(`environment: ${environment}`),
    review: "rejected",
  },
  {
    ...shared,
    name: "approval-by-author",
    proves: "GAT-54",
    title: "the author of the candidate approves it",
    expected: { verdict: "Aborted", reason: "gates.approval-same-person" },
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
    expected: { verdict: "Aborted", reason: "gates.approval-missing" },
    trace,
    edits: asking(`environment: ${environment}`),
    arrange: (world) => protect(world, ["harbour[bot]"]),
  },
  {
    ...shared,
    name: "approval-unanswered",
    proves: "GAT-54 ALL-21",
    title: "no approver answers on the issue, on a plan without protected environments",
    expected: { verdict: "Aborted", reason: "gates.approval-missing" },
    edits: asking("fallback: issue, approvers: [grace]", ""),
  },
];

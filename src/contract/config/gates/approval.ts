import * as z from "zod";
import { duration, durationInJob } from "#src/contract/config/fields";
import { gateFields } from "#src/contract/config/gates/fields";

const login = () => z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "expected the login of a person");

/** A gate that wants people to agree: before the tag, or by the review of the merge. */
export const approvalGate = z
  .strictObject({
    ...gateFields,
    kind: z.literal("approval").describe("Wants people to agree, after the gates and before the tag."),
    environment: z
      .string()
      .regex(/^[^\s'"`,;\\]{1,255}$/, "expected the name of an environment")
      .optional()
      .describe("Protected environment whose reviewers approve; `approval-environment` of the workflow names it too."),
    "branch-policy": z
      .boolean()
      .default(false)
      .describe("Wants the environment to be restricted to branches or tags as well."),
    fallback: z
      .enum(["none", "issue"])
      .default("none")
      .describe("`issue`: a comment of an approver counts too, for plans without protected environments."),
    "merge-review": z
      .boolean()
      .default(false)
      .describe(
        "The reviewed merge of the pull request that became the candidate is the approval; nobody is asked again.",
      ),
    approvers: z
      .array(login())
      .default([])
      .describe("Logins that may approve; without any, the environment's reviewers. `fallback: issue` needs them."),
    reviewers: z.int().min(1).max(6).default(1).describe("How many different people must approve."),
    "not-by": z
      .array(z.enum(["author", "actor"]))
      .default(["author", "actor"])
      .describe("Who cannot approve: the author of the candidate, the one who started the run."),
    "decision-timeout": duration()
      .default("60m")
      .describe("How long after the gates an answer still counts; after that the release is started again."),
    wait: durationInJob()
      .optional()
      .describe("How long the job waits for a comment, on paid time; without it, it looks once and can be rerun."),
  })
  .superRefine((gate, context) => {
    for (const message of contradictions(gate)) context.addIssue({ code: "custom", message });
  });

/** Title of the issue on which approvers answer. */
export function approvalTitle(tag: string): string {
  return `Approve release ${tag}`;
}

interface Shape {
  environment?: string | undefined;
  fallback: "none" | "issue";
  "merge-review": boolean;
  approvers: string[];
  reviewers: number;
}

/** A gate that nobody could ever pass, or that asks nobody, is no gate. */
function contradictions(gate: Shape): string[] {
  const { environment, fallback, approvers, reviewers } = gate;
  const asks = environment !== undefined || fallback === "issue";
  const few = new Set(approvers.map((name) => name.toLowerCase())).size;
  return [
    ...(asks === gate["merge-review"]
      ? ["expected either `merge-review: true`, or an `environment` or `fallback: issue`"]
      : []),
    ...(fallback === "issue" && few < reviewers
      ? [
          `expected \`approvers\` with at least ${reviewers} different people, as \`fallback: issue\` counts nobody else`,
        ]
      : []),
    ...(environment !== undefined && fallback === "none" && reviewers > 1
      ? ["expected `reviewers: 1`, or `fallback: issue`: GitHub lets a job start at the first approval"]
      : []),
  ];
}

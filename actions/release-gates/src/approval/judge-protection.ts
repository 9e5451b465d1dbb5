import type { GateOf } from "#src/contract/config/gates";
import { approvalTitle } from "#src/contract/config/gates/approval";
import type { EnvironmentProtection } from "#src/ports/approvals";
import type { Finding } from "../leg-report.ts";

type Policy = Pick<GateOf<"approval">, "environment" | "branch-policy" | "fallback" | "approvers" | "not-by">;

/**
 * Judges, before anybody is asked, whether the environment would hold the release back: GitHub makes one that does not exist on
 * the spot, without protection. Where an approver's comment counts too, an open environment does no harm: it approves nothing.
 */
export function judgeProtection(policy: Policy, seen: EnvironmentProtection | "absent", tag: string): Finding {
  const { environment = "", fallback, approvers } = policy;
  const onIssue = `a comment of ${approvers.join(" or ")} on the issue "${approvalTitle(tag)}" decides after the collection`;
  if (policy.environment === undefined) return { result: "pass", because: onIssue, evidence: [] };
  const gaps = gapsOf(policy, seen);
  const evidence = seen === "absent" ? [] : [seen.url];
  if (gaps.length === 0 && seen !== "absent") {
    const because = `environment ${environment} waits for one of ${seen.reviewers.join(", ")}`;
    return { result: "pass", because, evidence };
  }
  const because = `expected environment ${environment} to be protected, found ${gaps.join("; ")}`;
  return fallback === "issue"
    ? { result: "pass", because: `${because}; so ${onIssue}`, evidence }
    : { result: "fail", code: "gates.approval-unprotected", because, evidence };
}

function gapsOf(policy: Policy, seen: EnvironmentProtection | "absent"): string[] {
  if (seen === "absent") return ["no such environment"];
  return [
    ...(seen.reviewers.length === 0 ? ["no required reviewers"] : []),
    ...(policy["not-by"].includes("actor") && seen.reviewers.length > 0 && !seen.preventsSelfReview
      ? ["that reviewers may approve their own run"]
      : []),
    ...(policy["branch-policy"] && !seen.restrictsBranches ? ["no restriction to branches or tags"] : []),
  ];
}

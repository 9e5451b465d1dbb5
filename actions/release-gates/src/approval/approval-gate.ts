import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, legReport } from "../leg-report.ts";
import { judgeMergeReview } from "./judge-merge-review.ts";
import { judgeProtection } from "./judge-protection.ts";

/**
 * Runs the leg of an approval: a reviewed merge is judged here; else only whether the release would be held back until people
 * agree, since they are asked after the collection.
 */
export async function runApprovalGate(policy: GateOf<"approval">, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports } = seat;
  const { environment } = policy;
  const silent = environment === undefined && !policy["merge-review"];
  if (candidate.token === "" && !silent) {
    const because = "expected a token with `actions: read` and `pull-requests: read` in `github-token`, found none";
    return legReport(policy, doubt("gates.approval-unknown", because));
  }
  if (!policy["merge-review"]) {
    const seen = environment === undefined ? "absent" : await ports.approvals.protection(environment);
    return legReport(policy, judgeProtection(policy, seen, seat.tag));
  }
  const pulls = await ports.merges.mergedAs(candidate.sha);
  const merges = await Promise.all(
    pulls.map(async (pull) => ({
      pull,
      required: await ports.merges.required(pull.base),
      author: await ports.approvals.author(pull.head),
    })),
  );
  return legReport(policy, judgeMergeReview(policy, merges));
}

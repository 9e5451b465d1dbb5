import type { Environment } from "../records.ts";
import { apiPath, htmlPath, nodeId, type Place } from "../world.ts";
import { userShape } from "./user.ts";

/** Shows an environment the way other objects refer to it. */
export function environmentLink(place: Place, { id, name }: Environment) {
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: apiPath(place, `/environments/${encodeURIComponent(name)}`),
    html_url: htmlPath(place, `/settings/environments/${id}/edit`),
  };
}

/** Shows who may approve. */
export function reviewersShape(place: Place, { reviewers }: Environment) {
  return reviewers.map((login) => ({ type: "User", reviewer: userShape(place, login) }));
}

/** Shows an environment with its protection: without any rule it gates nothing. */
export function environmentShape(place: Place, one: Environment) {
  const rule = (type: string, at: number) => ({
    id: one.id * 10 + at,
    node_id: nodeId("GateRule", one.id * 10 + at),
    type,
  });
  const rules = [
    ...(one.waitMinutes > 0 ? [{ ...rule("wait_timer", 1), wait_timer: one.waitMinutes }] : []),
    ...(one.reviewers.length > 0
      ? [
          {
            ...rule("required_reviewers", 2),
            prevent_self_review: one.preventSelfReview,
            reviewers: reviewersShape(place, one),
          },
        ]
      : []),
    ...(one.branches === "any" ? [] : [rule("branch_policy", 3)]),
  ];
  const policy = {
    protected_branches: one.branches === "protected",
    custom_branch_policies: one.branches === "custom",
  };
  return {
    ...environmentLink(place, one),
    created_at: one.createdAt,
    updated_at: one.createdAt,
    protection_rules: rules,
    deployment_branch_policy: one.branches === "any" ? null : policy,
  };
}

import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";

/** Judges what the configuration says of the commits themselves: tickets that must not be among them, and how a bump is named. */
export function judgeScope({ changes, version: rules }: Policy, { commits }: Facts, { version }: Aim): Check[] {
  return [
    ...(changes.excluded.length > 0 ? [scopeCheck(changes.excluded, commits)] : []),
    ...(rules["bump-message"] === undefined ? [] : [messageCheck(rules, commits, version)]),
  ];
}

/** Nothing can be left out of a commit: an excluded ticket is out of scope only where no commit brings it. */
function scopeCheck(excluded: Policy["changes"]["excluded"], commits: Facts["commits"]): Check {
  const ask = question("scope", "No commit brings a ticket that is excluded");
  if (!commits) return ask.unsure("plan.history-truncated", "this needs the commits since the release before");
  const named = excluded.map(({ ticket, by, reason }) => `${ticket} (${by}: ${reason})`).join("; ");
  const brought = excluded.flatMap(({ ticket }) => {
    const sha = commits.changes.tickets.get(ticket);
    return sha === undefined ? [] : [{ ticket, sha }];
  });
  if (brought.length === 0) return ask.pass(`none of ${named}`);
  const found = brought.map(({ ticket, sha }) => `${ticket} in ${sha}`).join(", ");
  return ask.fail(
    "plan.scope-not-separable",
    `expected no commit of ${named}; found ${found}`,
    brought.map(({ sha }) => sha),
  );
}

function messageCheck(rules: Policy["version"], commits: Facts["commits"], version: Aim["version"]): Check {
  const { "bump-message": form = "", "bump-message-rule": rule } = rules;
  const ask = question("bump-message", "The commit that sets the version says so", rule === "block");
  if (isUnnamed(version) || !commits)
    return ask.unsure(
      "plan.commit-message-convention",
      "this needs the version, and the commits since the release before",
    );
  const wanted = form.replace("{version}", () => version.text);
  return commits.bumpMessage === true
    ? ask.pass(wanted)
    : ask.fail("plan.commit-message-convention", `expected a commit with the subject "${wanted}", found none`);
}

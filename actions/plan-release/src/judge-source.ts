import { cleanTree, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Policy, Sighting } from "./facts.ts";

/** Judges the contract of the run and where the release comes from: one named operator, one clean, whole, pushed commit. */
export function judgeSource(policy: Policy, seen: Sighting): Check[] {
  return [operator(policy), environment(policy), ...judgeCheckout(seen), pushed(seen)];
}

/** Judges the checkout alone: the commit of the run, nothing changed in it, and its whole history. */
export function judgeCheckout(seen: Sighting): Check[] {
  return [commit(seen), cleanTree(seen.checkout.dirty, "plan.tree-dirty"), wholeHistory(seen)];
}

function operator({ operator }: Policy): Check {
  const ask = question("operator", "One operator is named");
  return /^[^\s\p{Cc}]{1,100}$/u.test(operator)
    ? ask.pass(operator)
    : ask.fail(
        "plan.operator-invalid",
        `expected one word of at most 100 characters, found ${JSON.stringify(operator)}`,
      );
}

function environment({ environment, environments }: Policy): Check {
  const ask = question("environment", "At most one environment is named");
  const ids = environments.map(({ id }) => id);
  if (environment === "" && ids.length > 0)
    return ask.unsure("plan.environment-missing", `expected one of ${ids.join(", ")}, found none in input environment`);
  if (environment === "")
    return ask.notApplicable("plan.not-applicable", "input environment is empty: this release deploys to none");
  if (/[\s,;]/.test(environment))
    return ask.fail("plan.environment-ambiguous", `expected one name, found ${JSON.stringify(environment)}`);
  return ids.length === 0 || ids.includes(environment)
    ? ask.pass(environment)
    : ask.fail("plan.environment-unknown", `expected one of ${ids.join(", ")}, found ${environment}`);
}

const dispatches = new Set(["workflow_dispatch", "repository_dispatch"]);

function commit({ run, checkout, bumpCommit }: Sighting): Check {
  const ask = question("commit", "The checkout is the commit that started the run");
  const head = bumpCommit?.head ?? checkout.head;
  if (head === run.sha) return ask.pass(`commit ${head}`, [head]);
  const found = `the checkout stands on ${head}, the run was started on ${run.sha}`;
  return dispatches.has(run.event)
    ? ask.pass(`${found}; ${run.event} may choose, and the checkout is what is released`, [head])
    : ask.fail("plan.commit-mismatch", `expected ${run.sha}, found ${head}`, [run.sha, head]);
}

function wholeHistory({ checkout: { shallow } }: Sighting): Check {
  const ask = question("history", "The checkout holds the whole history");
  const because =
    "expected the whole history, found a shallow clone: give the checkout `fetch-depth: 0` with `filter: tree:0`";
  return shallow ? ask.unsure("plan.history-truncated", because) : ask.pass("nothing was cut off");
}

function pushed({ checkout: { head }, remote, tips }: Sighting): Check {
  const ask = question("pushed", "A branch of the remote contains the commit");
  if (!remote.known)
    return ask.unsure("plan.remote-unknown", `expected the remote's branches, found: ${remote.because}`);
  const holder = [...remote.heads].find(([, tip]) => tip === head || tips.containing.has(tip));
  if (holder) return ask.pass(`branch ${holder[0]} at ${holder[1]}`, [holder[1]]);
  const moved = [...remote.heads].filter(([, tip]) => !tips.all.has(tip)).map(([name]) => name);
  const none = `expected a branch of the remote that contains ${head}, found none`;
  return moved.length > 0
    ? ask.unsure("plan.remote-moved", `${none} in this checkout, which does not hold what ${nameSome(moved)} point at`)
    : ask.fail("plan.source-not-pushed", `${none} among ${remote.heads.size}`);
}

function nameSome(names: string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more branches` : names.join(", ");
}

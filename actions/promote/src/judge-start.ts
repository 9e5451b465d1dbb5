import { cleanTree, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { CheckoutFacts } from "#src/ports/checkout";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";

/** Where a promotion starts: its branch, what the runner says of the run, and what the checkout and the remote show. */
export interface Start {
  source: string;
  chain: string[];
  run: { ref: string; sha: string };
  checkout: CheckoutFacts;
  remote: RemoteRefs | RemoteSilence;
  /** Whether the checkout holds the commit that the remote names for the branch. */
  tipKnown: boolean;
}

/** Judges whether a promotion may start here: on a branch before the last one, clean, whole, and where the remote stands. */
export function judgeStart(start: Start): Check[] {
  return [entry(start), cleanTree(start.checkout.dirty, "promote.tree-dirty"), wholeHistory(start), atTip(start)];
}

function entry({ source, chain }: Start): Check {
  const ask = question("start", "The promotion starts on a branch that may start one");
  const path = chain.join(" → ");
  const last = chain.at(-1);
  if (source === "") {
    return ask.fail(
      "promote.start-branch-refused",
      "expected a branch to promote, found a run that was started on none",
    );
  }
  if (source === last) {
    const because = `expected a branch before ${source}, found ${source}, the end of the chain ${path}`;
    return ask.fail("promote.start-branch-refused", because);
  }
  return ask.pass(
    chain.includes(source) ? `${source}, in the chain ${path}` : `${source}, in front of the chain ${path}`,
  );
}

function wholeHistory({ checkout: { shallow } }: Start): Check {
  const ask = question("history", "The checkout holds the whole history");
  const because = "expected the whole history, found a shallow clone: give the checkout `fetch-depth: 0`";
  return shallow ? ask.unsure("promote.history-truncated", because) : ask.pass("nothing was cut off");
}

function atTip({ source, run, checkout: { head }, remote, tipKnown }: Start): Check {
  const ask = question("tip", "The checkout is the tip of the branch on the remote");
  if (!remote.known) {
    return ask.unsure("promote.remote-unknown", `expected the remote's branches, found: ${remote.because}`);
  }
  const tip = remote.heads.get(source);
  if (tip === undefined) {
    return ask.fail("promote.branch-missing", `expected branch ${source} on the remote, found none of that name`);
  }
  if (tip === head) return ask.pass(`${source} at ${head}`, [head]);
  const because = `expected the checkout on ${tip}, where ${source} stands, found it on ${head}`;
  const ownBranch = run.ref === `refs/heads/${source}` && run.sha === head;
  return ownBranch || !tipKnown
    ? ask.fail("promote.remote-moved", `${because}; the branch has moved since`, [tip, head])
    : ask.fail("promote.wrong-branch", because, [tip, head]);
}

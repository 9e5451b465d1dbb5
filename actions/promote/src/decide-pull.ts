import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { PullRequest } from "#src/ports/pull-requests";

/** The pull request that is wanted: from a branch at a commit into the next one. */
export interface WantedPull {
  from: string;
  into: string;
  sha: string;
}

/** What is to be done about the pull request. */
export type PullPlan =
  | { plan: "open" }
  | { plan: "adopt"; pull: PullRequest }
  | { plan: "refuse"; pull: PullRequest; check: Check };

const asked = () => question("pull-request", "One pull request carries exactly this commit");

/** Decides by what is there: an open one is taken, one that a person closed or squashed for this very commit is a no, else one is opened. */
export function decidePull({ from, into, sha }: WantedPull, found: PullRequest[]): PullPlan {
  const open = found.find(({ state }) => state === "open");
  if (open?.head === sha) return { plan: "adopt", pull: open };
  if (open) {
    const because = `expected #${open.number} to carry ${sha}, the tip of ${from}, found it on ${open.head}`;
    return { plan: "refuse", pull: open, check: asked().unsure("promote.remote-moved", because, [open.url]) };
  }
  const past = found.find(({ head }) => head === sha);
  if (!past) return { plan: "open" };
  const check =
    past.state === "merged"
      ? asked().fail(
          "promote.pr-squashed",
          `expected ${into} to hold ${sha} after #${past.number} was merged, found that it does not`,
          [past.url],
        )
      : asked().fail("promote.pr-closed", `expected #${past.number} to be open or merged, found it closed`, [past.url]);
  return { plan: "refuse", pull: past, check };
}

/** States which pull request carries the commit. */
export function carriedBy({ number, head, url }: PullRequest, how: "opened" | "found"): Check {
  return asked().pass(`#${number}, ${how}, carries ${head}`, [url]);
}

/** Reports why none could be opened, or read back. */
export function notCarried(
  finding: Pick<Check, "result"> & { code: NonNullable<Check["code"]>; because: string },
): Check {
  const ask = asked();
  return finding.result === "fail"
    ? ask.fail(finding.code, finding.because)
    : ask.unsure(finding.code, finding.because);
}

/** Judges whether a person can merge it: open, still on the commit, no draft, and without conflicts. */
export function judgeMergeable(pull: PullRequest, { sha, into }: WantedPull): Check {
  const ask = question("mergeable", "The pull request can be merged");
  const place = `#${pull.number}`;
  const evidence = [pull.url];
  if (pull.head !== sha) {
    const because = `expected ${place} on ${sha}, found it on ${pull.head}; the branch has moved since`;
    return ask.fail("promote.remote-moved", because, evidence);
  }
  if (pull.state === "closed")
    return ask.fail("promote.pr-closed", `expected ${place} open, found it closed`, evidence);
  if (pull.state === "merged") return ask.pass(`${place} is merged already`, evidence);
  if (pull.draft) return ask.fail("promote.pr-not-mergeable", `expected ${place} to be ready, found a draft`, evidence);
  if (pull.mergeable === "unknown") {
    const because = `expected GitHub to say whether ${place} can be merged, found no answer in time`;
    return ask.unsure("promote.pr-not-mergeable", because, evidence);
  }
  return pull.mergeable
    ? ask.pass(`${place} merges into ${into} without conflicts`, evidence)
    : ask.fail("promote.pr-not-mergeable", `expected ${place} to merge into ${into}, found conflicts`, evidence);
}

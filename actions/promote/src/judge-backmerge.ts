import type { PromotePolicy } from "#src/contract/config/promote";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Divergence, Relation, StrayCommit } from "#src/ports/branch-history";
import { commits } from "./judge-hops.ts";

/** Two neighbours of the chain as the plan leaves them, with what the later one has and the earlier one lacks. */
export interface Neighbours {
  earlier: string;
  later: string;
  relation: Relation | "unknown";
  divergence: Divergence | undefined;
}

/** The back-merge that somebody has taken upon themselves: an open issue or pull request, or why there is none. */
export type BackmergeTask = { earlier: string; later: string } & ({ number: number; url: string } | { none: string });

const shown = 5;

/**
 * Judges whether each branch of the chain holds what the next one does; otherwise the next promotion cannot be a fast-forward.
 * What an open task is about does not count against it.
 */
export function judgeBackmerge(
  { backmerge }: Pick<PromotePolicy, "backmerge">,
  pairs: Neighbours[],
  tasks: BackmergeTask[] = [],
): Check {
  const ask = question("back-merge", "Earlier branches hold what later ones do", backmerge === "block");
  const [lacking] = pairs.filter(({ relation }) => relation !== "unknown" && relation.behind > 0);
  const lacks = pairs.flatMap(describe);
  const taken = tasks.flatMap((task) => ("url" in task ? task : []));
  const untaken = tasks.flatMap((task) => ("none" in task ? task.none : []));
  if (lacking && (taken.length === 0 || untaken.length > 0))
    return ask.fail("promote.backmerge-missing", [...lacks, ...untaken].join("; "), strayIds(lacking));
  const unknown = pairs.find(({ relation }) => relation === "unknown");
  if (unknown) {
    const because = `expected the history of ${unknown.earlier} and ${unknown.later}, found it not in the checkout`;
    return ask.unsure("promote.history-truncated", because);
  }
  if (lacking) {
    const because = [...lacks, ...taken.map(takenOn)].join("; ");
    return ask.pass(
      because,
      taken.map(({ url }) => url),
    );
  }
  return ask.pass(
    pairs.length === 0
      ? "no two branches of the chain are on the remote, so that none can lack what another holds"
      : pairs.map(({ earlier, later }) => `${earlier} holds all of ${later}`).join("; "),
  );
}

function takenOn({ earlier, later, number }: Extract<BackmergeTask, { number: number }>): string {
  return `#${number} is open to bring ${later} back to ${earlier}`;
}

function describe({ earlier, later, relation, divergence }: Neighbours): string[] {
  if (relation === "unknown" || relation.behind === 0) return [];
  const strays = divergence?.strays ?? [];
  const named = squashesFirst(strays).slice(0, shown).map(name);
  const more = relation.behind > named.length ? ` and ${relation.behind - named.length} more` : "";
  return [`${later} holds ${commits(relation.behind)} that ${earlier} lacks: ${named.join(", ")}${more}`];
}

/** The squash is what broke the chain, so it is named before all others. */
function squashesFirst(strays: StrayCommit[]): StrayCommit[] {
  return strays.toSorted((a, b) => Number(a.twin === undefined) - Number(b.twin === undefined));
}

function name({ sha, subject, twin }: StrayCommit): string {
  const title = JSON.stringify(subject.slice(0, 72));
  return twin ? `${sha} ${title} (a squash: it holds the same tree as ${twin})` : `${sha} ${title}`;
}

function strayIds({ divergence }: Neighbours): string[] {
  return (divergence?.strays ?? []).map(({ sha }) => sha);
}

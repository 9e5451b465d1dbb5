import type { PromotePolicy } from "#src/contract/config/promote";
import { toFailure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import type { RemoteRefs } from "#src/ports/remote-refs";
import { gatherNeighbours } from "./gather.ts";
import type { Hop } from "./hops.ts";
import { type BackmergeTask, judgeBackmerge, type Neighbours } from "./judge-backmerge.ts";
import type { Ports } from "./promote-ports.ts";

/** Judges whether earlier branches hold what later ones do; where one does not, and the policy names a label, looks for the task that says so. */
export async function judgeBackmergeOf(
  policy: PromotePolicy,
  { way, hops, remote }: { way: { source: string; chain: string[] }; hops: Hop[]; remote: RemoteRefs },
  ports: Ports,
): Promise<Check> {
  const pairs = await gatherNeighbours({ ...way, hops }, remote, ports.history);
  const label = policy["backmerge-task"];
  const lacking = pairs.filter(({ relation }) => relation !== "unknown" && relation.behind > 0);
  const tasks = label === undefined ? [] : await Promise.all(lacking.map((pair) => seekTask(pair, label, ports)));
  return judgeBackmerge(policy, pairs, tasks);
}

/** A question that fails finds no task, and says so: cannot tell never counts as one that is there. */
async function seekTask({ earlier, later }: Neighbours, label: string, ports: Ports): Promise<BackmergeTask> {
  try {
    const pull = (await ports.pulls.between(later, earlier)).find(({ state }) => state === "open");
    if (pull) return { earlier, later, number: pull.number, url: pull.url };
    const [issue] = (await ports.issues.list({ open: true, labels: [label] })).items;
    if (issue) return { earlier, later, number: issue.number, url: issue.url };
    return { earlier, later, none: `no open pull request into ${earlier}, and no open issue labelled ${label}` };
  } catch (thrown) {
    return { earlier, later, none: `no answer about a task (${toFailure(thrown).message})` };
  }
}

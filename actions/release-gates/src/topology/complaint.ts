import type { topologyItems } from "#src/contract/config/gates/topology";
import type { Job, Workflow } from "./workflow.ts";

/** What the gate asks of workflows. */
export type Item = (typeof topologyItems)[number];

/** One thing that a workflow is not. */
export interface Complaint {
  item: Item;
  /** Workflow file, and the job where it is one job's. */
  where: string;
  because: string;
}

/** Complains about a workflow, or about one of its jobs. */
export function complain(item: Item, at: { workflow: Workflow; job?: Job | undefined }, because: string): Complaint {
  const { workflow, job } = at;
  return { item, where: job ? `${workflow.file}, job ${job.id}` : workflow.file, because };
}

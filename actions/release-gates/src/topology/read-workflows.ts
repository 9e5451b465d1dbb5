import type { CheckoutFiles } from "#src/ports/checkout-files";
import { readWorkflow, type Workflow } from "./workflow.ts";

const largest = 1024 * 1024;

/** Reads every workflow of the checkout; what cannot be read is told, and never left out. */
export async function readWorkflows(files: CheckoutFiles): Promise<{ workflows: Workflow[]; broken: string[] }> {
  const found = await files.matching([".github/workflows/*.yml", ".github/workflows/*.yaml"], largest);
  const read = found.map(({ path, bytes }) =>
    bytes ? readWorkflow(path, new TextDecoder().decode(bytes)) : { broken: `${path} is a link, or too large` },
  );
  return {
    workflows: read.flatMap((one): Workflow[] => ("broken" in one ? [] : [one])),
    broken: read.flatMap((one) => ("broken" in one ? one.broken : [])),
  };
}

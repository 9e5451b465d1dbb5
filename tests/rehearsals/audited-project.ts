import { aProgram } from "./a-project.ts";
import { workflowThatFiles } from "./blocked-project.ts";

const policy = `blockers: { file: true }
issues: { audit: block, file-missing: true, close-fixed: true }
gates:
  - { id: says, title: The program runs, kind: command, run: node index.js }
`;

/** Makes a checkout of a project that audits its issues and files what is missing; its one commit has no issue. */
export function auditedProject(): string {
  return aProgram("lagoon", { policy }, { "release.yml": workflowThatFiles });
}

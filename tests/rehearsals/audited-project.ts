import { aProject } from "./a-project.ts";
import { workflowThatFiles } from "./blocked-project.ts";

const configuration = `version: { sources: [{ kind: npm }], first-release: true }
changelog: { format: none }
blockers: { file: true }
issues: { audit: block, file-missing: true, close-fixed: true }
gates:
  - { id: says, title: The program runs, kind: command, run: node index.js }
channels:
  - { id: repository, kind: git-tag }
smoke:
  scenarios:
    - { id: says, title: The program says hello, run: node repository/index.js, expect: { output-contains: [hello] } }
watch: { not-applicable: a program without a host }
`;

/** Makes a checkout of a project that audits its issues and files what is missing; its one commit has no issue. */
export function auditedProject(): string {
  return aProject("lagoon", {
    "package.json": `${JSON.stringify({ name: "lagoon", version: "1.0.0" }, null, 2)}\n`,
    "index.js": 'console.log("hello");\n',
    ".github/seaworthy.yml": configuration,
    ".github/workflows/release.yml": workflowThatFiles,
  });
}

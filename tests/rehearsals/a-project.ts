import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { aFolder } from "./drive.ts";

/** The head of a workflow that a person starts, live or rehearsed. */
export const startedByHand = (name: string) => `name: ${name}
on:
  workflow_dispatch:
    inputs:
      rehearsal: { description: Write nothing., type: boolean, default: false }
permissions: {}
`;

/** What the job is granted that calls prepare-release. */
export const preparing =
  "{ contents: write, actions: read, checks: read, issues: read, pull-requests: read, statuses: read }";

/** Names a reusable workflow of the suite, as consumers do. */
export const callers = (workflow: string) => `seaworthy/seaworthy/.github/workflows/${workflow}.yml@v0`;

/** A release by hand, up to the build of a program that the repository itself serves. */
export const releaseUntilBuild = `${startedByHand("release")}jobs:
  prepare:
    name: Prepare
    permissions: ${preparing}
    uses: ${callers("prepare-release")}
    with: { rehearsal: "\${{ inputs.rehearsal }}" }
  build:
    name: Build
    needs: prepare
    if: needs.prepare.outputs.ready == 'true'
    runs-on: ubuntu-latest
    permissions: { contents: read }
    outputs: { record: "\${{ steps.manifest.outputs.record }}" }
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with: { ref: "\${{ needs.prepare.outputs.sha }}", persist-credentials: false }
      - id: manifest
        uses: seaworthy/seaworthy/actions/build-manifest@v0
        with:
          release-mode: \${{ inputs.rehearsal && 'rehearsal' || 'live' }}
          records: \${{ needs.prepare.outputs.records }}
          kind: git-tree
          files: index.js
`;

/** What a program releases by: the name of its tag, and the rest of its configuration. */
interface Program {
  pattern?: string;
  policy: string;
}

/** Configuration of a first release, of a program that the repository itself serves and that has no host. */
const released = ({ pattern = "v{version}", policy }: Program) => `version:
  sources: [{ kind: npm }]
  first-release: true
  tag-pattern: ${JSON.stringify(pattern)}
changelog: { format: none }
${policy}channels:
  - { id: repository, kind: git-tag }
smoke:
  scenarios:
    - { id: says, title: The program says hello, run: node repository/index.js, expect: { output-contains: [hello] } }
watch: { not-applicable: a program without a host }
`;

/** Makes a checkout of a program that says hello, at its version 1.0.0, with its workflows by file. */
export function aProgram(name: string, program: Program, workflows: Record<string, string>): string {
  const files = Object.entries(workflows).map(([file, text]) => [`.github/workflows/${file}`, text]);
  return aProject(name, {
    "package.json": `${JSON.stringify({ name, version: "1.0.0" }, null, 2)}\n`,
    "index.js": 'console.log("hello");\n',
    ".github/seaworthy.yml": released(program),
    ...Object.fromEntries(files),
  });
}

/** Makes a checkout of one commit with the given files. */
export function aProject(name: string, files: Record<string, string>): string {
  const folder = join(aFolder(), name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args]);
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "-m", "feat: greet");
  return folder;
}

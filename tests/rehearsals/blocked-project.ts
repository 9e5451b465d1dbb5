import { join } from "node:path";
import { aProgram, preparing, startedByHand } from "./a-project.ts";
import { aFolder } from "./drive.ts";

const suite = "seaworthy/seaworthy";
const callers = (workflow: string) => `${suite}/.github/workflows/${workflow}.yml@v0`;

/** A release whose blockers, and what its audit finds, are filed by `file-blockers.yml`. */
export const workflowThatFiles = `${startedByHand("release")}jobs:
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
        uses: ${suite}/actions/build-manifest@v0
        with:
          release-mode: \${{ inputs.rehearsal && 'rehearsal' || 'live' }}
          records: \${{ needs.prepare.outputs.records }}
          kind: git-tree
          files: index.js
  blockers:
    name: Blockers
    needs: [prepare, build]
    if: always()
    permissions: { issues: write, actions: read }
    uses: ${callers("file-blockers")}
    with:
      rehearsal: \${{ inputs.rehearsal }}
      results: \${{ toJSON(needs) }}
      records: |
        \${{ needs.prepare.outputs.records }}
        \${{ needs.build.outputs.record }}
  conclude:
    name: Conclude
    needs: [prepare, build, blockers]
    if: always()
    permissions: { contents: write }
    uses: ${callers("conclude-release")}
    with:
      rehearsal: \${{ inputs.rehearsal }}
      published: \${{ needs.build.result == 'success' }}
      results: \${{ toJSON(needs) }}
      records: |
        \${{ needs.prepare.outputs.records }}
        \${{ needs.build.outputs.record }}
        \${{ needs.blockers.outputs.record }}
`;

const policy = (harbour: string) => `blockers: { file: true }
gates:
  - id: harbour
    title: The harbour is open
    kind: command
    run: echo "looking for the harbour master @everyone" && test -e '${harbour}'
  - { id: tickets, title: No ticket stands against it, kind: issues, severity-labels: [] }
`;

/** Makes a checkout of a project that files its blockers, and whose one gate fails until there is a file. */
export function blockedProject(): { project: string; harbour: string } {
  const harbour = join(aFolder(), "open");
  return { project: aProgram("harbour", { policy: policy(harbour) }, { "release.yml": workflowThatFiles }), harbour };
}

import { join } from "node:path";
import { aProgram, callers, releaseUntilBuild } from "./a-project.ts";
import { aFolder } from "./drive.ts";

/** A release whose blockers, and what its audit finds, are filed by `file-blockers.yml`. */
export const workflowThatFiles = `${releaseUntilBuild}  blockers:
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

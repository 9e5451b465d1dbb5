/** What the job may use, as lines of YAML below `permissions` and, where it has any variables, those of its step. */
export interface PreflightJob {
  permissions: string[];
  variables?: string;
}

/** Writes the job that looks at the credentials before the upload, to be put before another job of the workflow. */
export function preflightJob({ permissions, variables = "" }: PreflightJob): string {
  return `  preflight:
    name: Preflight
    needs: [prepare, build]
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
${permissions.map((line) => `      ${line}\n`).join("")}    outputs:
      record: \${{ steps.preflight.outputs.record }}
    steps:
      - id: preflight
        uses: seaworthy/seaworthy/actions/publish-verify@v0
${variables}        with:
          mode: preflight
          release-mode: \${{ inputs.rehearsal && 'rehearsal' || 'live' }}
          records: |
            \${{ needs.prepare.outputs.records }}
            \${{ needs.build.outputs.record }}

`;
}

import { aProgram, preparing, startedByHand } from "./a-project.ts";

const checkout = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2";
const suite = "seaworthy/seaworthy";

/** Tags in a run of its own, and starts the release on the tag. */
const tagging = `${startedByHand("tag")}jobs:
  prepare:
    name: Prepare
    permissions: ${preparing}
    uses: ${suite}/.github/workflows/prepare-release.yml@v0
    with:
      rehearsal: \${{ inputs.rehearsal }}
      write-tag: false
  tag:
    name: Tag and start
    needs: prepare
    if: needs.prepare.outputs.gated == 'true'
    runs-on: ubuntu-latest
    permissions: { contents: write, actions: write }
    steps:
      - uses: ${suite}/actions/auto-tag@v0
        with:
          release-mode: \${{ inputs.rehearsal && 'rehearsal' || 'live' }}
          records: \${{ needs.prepare.outputs.records }}
          github-token: \${{ github.token }}
`;

/** Releases what the tag names. \`STEP\` is where a fault goes. */
const releasing = (step: string) => `name: release
on:
  workflow_dispatch:
    inputs:
      tag: { description: Tag to release., type: string, required: true }
permissions: {}
jobs:
  prepare:
    name: Prepare
    permissions: ${preparing}
    uses: ${suite}/.github/workflows/prepare-release.yml@v0
    with: { tag: "\${{ inputs.tag }}" }
  build:
    name: Build
    needs: prepare
    if: needs.prepare.outputs.ready == 'true'
    runs-on: ubuntu-latest
    permissions: { contents: read }
    outputs: { record: "\${{ steps.manifest.outputs.record }}" }
    steps:
      - uses: ${checkout}
        with: { ref: "\${{ needs.prepare.outputs.sha }}", persist-credentials: false }
      - name: Build
        run: ${step}
      - id: manifest
        uses: ${suite}/actions/build-manifest@v0
        with: { records: "\${{ needs.prepare.outputs.records }}", kind: git-tree, files: index.js }
  conclude:
    name: Conclude
    needs: [prepare, build]
    if: always()
    permissions: { contents: write }
    uses: ${suite}/.github/workflows/conclude-release.yml@v0
    with:
      published: \${{ needs.build.result == 'success' }}
      results: \${{ toJSON(needs) }}
      records: |
        \${{ needs.prepare.outputs.records }}
        \${{ needs.build.outputs.record }}
`;

/** Asks in both runs: that of the tag, and that of the release. */
const people = "\n  - { id: sign-off, title: A person agrees, kind: approval, environment: release }";

const policy = (follow: boolean, approval: boolean) => `tag:
  next: { mode: dispatch, workflow: release.yml, inputs: { tag: "{tag}" }, follow: ${follow} }
  floating-major: branch
gates:
  - { id: parses, title: The program parses, kind: command, tools: [node], run: node --check index.js }${approval ? people : ""}
`;

/** Makes a checkout of a project whose tag workflow dispatches its release workflow. */
export function dispatchingProject({
  step = "node index.js",
  follow = false,
  approval = false,
  pattern = "v{version}",
} = {}): string {
  const asked = approval ? "\n      approval-environment: release" : "";
  return aProgram(
    "greeter",
    { pattern, policy: policy(follow, approval) },
    {
      "tag.yml": tagging.replace("write-tag: false", `write-tag: false${asked}`),
      "release.yml": releasing(step).replace(
        'with: { tag: "${{ inputs.tag }}" }',
        `with:\n      tag: \${{ inputs.tag }}${asked}`,
      ),
    },
  );
}

import type { Edits } from "../amend.ts";
import { both, swap } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";
import { preflightJob } from "./preflight-job.ts";

const shared = { example: "npm-package" } as const;
const workflow = ".github/workflows/release.yml";
const config = ".github/seaworthy.yml";

/** Lets a job look at the credentials before the upload, with the permissions and variables of the job that uploads. */
function withPreflight(publishing: string, variables = ""): Edits {
  const permissions = ["contents: read", "id-token: write"];
  const job = `${preflightJob({ permissions, variables })}  provenance:\n`;
  const jobs = (text: string) =>
    [
      swap("  provenance:\n", job),
      swap("needs: [prepare, build, provenance]\n", "needs: [prepare, build, preflight, provenance]\n"),
      swap("needs: [prepare, build, provenance, publish]", "needs: [prepare, build, preflight, provenance, publish]"),
      swap(
        "        ${{ needs.provenance.outputs.record }}",
        "        ${{ needs.preflight.outputs.record }}\n        ${{ needs.provenance.outputs.record }}",
      ),
    ].reduce((changed, edit) => edit(changed), text);
  const line = '    package: "@example/tide-table"\n';
  return { [workflow]: jobs, [config]: swap(line, `${line}    publishing: ${publishing}\n`) };
}

/** A rehearsal's repository is named after its example, and the package says so. */
const named: Edits = {
  "package.json": swap("git+https://github.com/example/tide-table.git", "github:example/npm-package"),
};
const trusted = "{ by: trusted-publisher, workflow: release.yml }";

/** Faults between the build and the upload: a build that is not the one, and channels that could not be published to. */
export const publicationFaults: Fault[] = [
  {
    ...shared,
    name: "build-by-another-workflow",
    proves: "PUB-10",
    stage: "publish-verify",
    title: "the build was made by another workflow than the one that may make it",
    expected: aborted("publish.wrong-workflow"),
    edits: { [config]: swap("  workflow: release.yml", "  workflow: build.yml") },
  },
  {
    ...shared,
    name: "build-incomplete",
    proves: "PUB-13 F50",
    stage: "publish-verify",
    title: "a wheel should have been built beside the tarball",
    expected: aborted("publish.artifact-missing"),
    edits: { [config]: swap("      most: 1\n", '      most: 1\n    - pattern: "*.whl"\n') },
  },
  {
    ...shared,
    name: "platform-unbuilt",
    proves: "PUB-13 BLD-06 F36",
    stage: "publish-verify",
    title: "a platform that the channel promises was not built",
    expected: aborted("publish.platform-missing"),
    edits: {
      [config]: swap(
        "\nchannels:\n",
        "\ntargets:\n  kind: list\n  list:\n    - { id: arm, platform: linux-arm64, channels: { npm: official } }\n\nchannels:\n",
      ),
    },
  },
  {
    ...shared,
    name: "attestation-missing",
    proves: "PUB-14",
    stage: "publish-verify",
    title: "nobody signed where the build comes from, although somebody has to",
    expected: aborted("publish.attestation-missing"),
    edits: {
      [config]: swap("  workflow: release.yml\n", "  workflow: release.yml\n  attestations: { required: true }\n"),
      [workflow]: swap(
        "      actions: read # reads the run that built\n",
        "      actions: read\n      attestations: read\n",
      ),
    },
  },
  {
    ...shared,
    name: "preflight-holds",
    proves: "PUB-02 BLD-17",
    stage: "publish-verify",
    title: "the registry would trust the workflow, as it was told",
    expected: { verdict: "Released", reason: "" },
    edits: both(withPreflight(trusted), named),
  },
  {
    ...shared,
    name: "publisher-mistaken",
    proves: "PUB-02 F40",
    stage: "publish-verify",
    title: "the registry trusts another workflow file than the one that runs",
    expected: aborted("publish.oidc-misconfigured"),
    edits: both(withPreflight("{ by: trusted-publisher, workflow: publish.yml }"), named),
  },
  {
    ...shared,
    name: "repository-mistaken",
    proves: "PUB-02 F40",
    stage: "publish-verify",
    title: "the package names another repository than the one that releases it",
    expected: aborted("publish.oidc-misconfigured"),
    edits: withPreflight(trusted),
  },
  {
    ...shared,
    name: "token-missing",
    proves: "PUB-01 PUB-03 F16 F50",
    stage: "publish-verify",
    title: "the token that publishes is not set, and the upload never starts",
    expected: aborted("publish.credential-missing"),
    edits: withPreflight("{ by: token }"),
  },
  {
    ...shared,
    name: "token-of-another-registry",
    proves: "PUB-01 F50",
    stage: "publish-verify",
    title: "the token is one of another registry",
    expected: aborted("publish.credential-malformed"),
    edits: withPreflight(
      "{ by: token, token-prefix: npm_ }",
      "        env:\n          NODE_AUTH_TOKEN: pypi-not-a-token\n",
    ),
  },
  {
    ...shared,
    name: "nothing-undone",
    proves: "PUB-04",
    stage: "publish-verify",
    title: "less could be undone without a person than the configuration wants",
    expected: aborted("publish.undo-below-minimum"),
    edits: both(withPreflight("{ by: trusted-publisher, workflow: release.yml, undo: [withdraw] }"), named),
  },
];

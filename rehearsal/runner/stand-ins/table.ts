/**
 * The third-party actions that this runner stands in for, and what of each it honours.
 * A `with` key that is not listed here is refused before the run starts.
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ActionFile, NodeRuns } from "../action-file.ts";
import { readTemplate } from "../template.ts";

interface StandIn {
  main: string;
  post?: string;
  inputs: Record<string, { default?: string; honours: string }>;
}

const table: Record<string, StandIn> = {
  "actions/checkout": {
    main: "checkout.ts",
    post: "checkout-post.ts",
    inputs: {
      repository: { default: "${{ github.repository }}", honours: "any repository of the git server" },
      ref: { honours: "branch, tag, full ref or commit; the commit of the run when absent" },
      token: { default: "${{ github.token }}", honours: "sent as basic authentication" },
      path: { honours: "below the workspace" },
      "fetch-depth": { default: "1", honours: "0 fetches all history, all branches and all tags" },
      "fetch-tags": { default: "false", honours: "fetches tags with a shallow history" },
      filter: { honours: "partial clone filter" },
      "persist-credentials": { default: "true", honours: "in a file under RUNNER_TEMP, removed by the post step" },
      clean: { default: "true", honours: "the workspace of a job starts empty; inside one job the tree is cleaned" },
    },
  },
  "actions/setup-node": {
    main: "setup-node.ts",
    inputs: {
      "node-version": { honours: "must be the major version that runs here; nothing is installed" },
      "node-version-file": { honours: "package.json (engines.node) or a file that names the version; as node-version" },
      "registry-url": { honours: "written to an .npmrc that reads NODE_AUTH_TOKEN" },
      scope: { honours: "the scope that registry-url is for" },
      "package-manager-cache": { honours: "false only: there is no cache" },
      "check-latest": { honours: "false only: nothing is installed" },
    },
  },
  "actions/setup-python": {
    main: "setup-python.ts",
    inputs: {
      "python-version": { honours: "must fit the python3 that runs here; nothing is installed" },
    },
  },
  "pypa/gh-action-pypi-publish": {
    main: "pypi-publish.ts",
    inputs: {
      "packages-dir": { default: "dist", honours: "below the workspace" },
      "skip-existing": { default: "false", honours: "leaves a file name that is taken as it is" },
      "repository-url": { honours: "where to; the index of the rehearsed machine when absent" },
      user: { default: "__token__", honours: "sent as basic authentication" },
      password: { honours: "sent as basic authentication; trusted publishing is taken for granted when absent" },
    },
  },
  "actions/upload-artifact": {
    main: "upload-artifact.ts",
    inputs: {
      name: { default: "artifact", honours: "name of the artifact" },
      path: { honours: "files, directories and glob patterns, one a line, `!` excludes" },
      "if-no-files-found": { default: "warn", honours: "warn, error or ignore" },
      "retention-days": { default: "0", honours: "handed to the service" },
      "compression-level": { default: "6", honours: "0 to 9" },
      overwrite: { default: "false", honours: "deletes an artifact of the same name first" },
      "include-hidden-files": { default: "false", honours: "files and directories whose name begins with a dot" },
    },
  },
  "actions/download-artifact": {
    main: "download-artifact.ts",
    inputs: {
      name: { honours: "one artifact of this run" },
      pattern: { honours: "all artifacts of this run whose name matches" },
      path: { honours: "where to; the workspace when absent" },
      "merge-multiple": { default: "false", honours: "all into one directory, or one directory each" },
      "digest-mismatch": { default: "error", honours: "error only: another digest always fails" },
    },
  },
};

const directory = dirname(fileURLToPath(import.meta.url));

/** The actions that have a stand-in, as `owner/name`. */
export const standInNames: string[] = Object.keys(table);

/** Finds the stand-in for a third-party action. Only the action at the root of its repository has one. */
export function standInFor(uses: { repository: string; path: string; ref: string }): ActionFile | undefined {
  const standIn = uses.path === "" ? table[uses.repository] : undefined;
  if (!standIn) return undefined;
  const { main, post, inputs } = standIn;
  const runs: NodeRuns = { using: "node", main, preIf: "always()", ...(post ? { post } : {}), postIf: "always()" };
  const label = `${uses.repository}@${uses.ref}`;
  return {
    place: { repository: uses.repository, ref: uses.ref, sha: uses.ref, directory, path: main, label },
    directory,
    name: `${label} (stand-in)`,
    inputs: Object.entries(inputs).map(([id, input]) => ({
      id,
      default: input.default === undefined ? undefined : readTemplate(JSON.stringify(input.default)),
      deprecation: undefined,
    })),
    outputs: [],
    runs,
    honours: Object.fromEntries(Object.entries(inputs).map(([id, { honours }]) => [id, honours])),
  };
}

import { swap } from "./edits.ts";
import type { Fault } from "./fault.ts";

const publisher = "tools/publish-release/main.go";
const upload = "repos/upload-release-asset";
const place = `  - id: mirror
    kind: command
    run: node scripts/served.js
    files: ["*.tgz"]
`;
/** Tells of the very bytes that were built, by another version. */
const served = `import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const name = execFileSync("npm", ["pack", "--silent"]).toString().trim();
const bytes = readFileSync(name);
const sha256 = createHash("sha256").update(bytes).digest("hex");
console.log(JSON.stringify({ version: "1.0.0", files: [{ name, sha256, size: bytes.length }] }));
`;
const shared = { example: "go-cli-homebrew", stage: "publish-verify" } as const;

/** Releases that went live in part, and what a maintainer does about one. */
export const partialFaults: Fault[] = [
  {
    ...shared,
    name: "asset-missing",
    proves: "PUB-37 PUB-34",
    title: "the job that publishes leaves one of the built files out of the GitHub release",
    expected: { verdict: "Aborted", reason: "publish.partial", names: ["release (publish.channel-incomplete"] },
    edits: { [publisher]: swap('filepath.Join(folder, "*")', 'filepath.Join(folder, "*.tar.gz")') },
  },
  {
    example: "npm-package",
    stage: "publish-verify",
    name: "place-behind",
    proves: "PUB-31 PUB-34",
    title: "another place still serves the version before, as the command says that asks it",
    expected: { verdict: "Aborted", reason: "publish.partial", names: ["live: npm", "mirror (publish.not-live"] },
    edits: {
      ".github/seaworthy.yml": (text) =>
        swap(
          "\nsmoke:\n",
          `${place}\nsmoke:\n`,
        )(text).replaceAll("      run: tide", "      channel: npm\n      run: tide"),
      "scripts/served.js": () => served,
    },
  },
  {
    ...shared,
    name: "published-in-part",
    proves: "PUB-34 BLD-13 F41 F45",
    title: "GitHub fails after two of five uploads, when the module is live with its tag",
    expected: { verdict: "Aborted", reason: "publish.partial", names: ["live: module", "release (", "tap ("] },
    repair: {
      title: "publish.yml publishes what is missing of the build behind the tag",
      workflow: "publish.yml",
      inputs: () => ({ "release-tag": "v1.1.0" }),
      arrange: ({ github }) => github.faults.clear(),
      expected: { verdict: "Released", reason: "verdict.all-proven" },
    },
    trace: { journal: "requests", line: { route: upload, status: 502, fault: "failed" } },
    arrange: ({ github }) => {
      let uploaded = 0;
      github.onRequest(({ route, status: code }) => {
        if (route !== upload || code !== 201) return;
        uploaded += 1;
        if (uploaded === 2) github.faults.fail(upload, 502, 100);
      });
    },
  },
];

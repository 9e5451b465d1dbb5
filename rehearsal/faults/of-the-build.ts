import { swap } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package" } as const;
const workflow = ".github/workflows/release.yml";

/** Faults of the consumer's own jobs between the tag and the registry: what they build, of which commit, and whether they upload it. */
export const buildFaults: Fault[] = [
  {
    ...shared,
    name: "build-elsewhere",
    proves: "BLD-02 F12",
    stage: "build-manifest",
    title: "the build checks another commit out than the tag names",
    expected: aborted("build.sha-mismatch"),
    edits: { [workflow]: swap("ref: ${{ needs.prepare.outputs.sha }}", "ref: v1.0.0") },
  },
  {
    ...shared,
    name: "build-other-toolchain",
    proves: "BLD-06 F37 F38",
    stage: "build-manifest",
    title: "the job that builds has a tool in another version than the one it is pinned to",
    expected: aborted("build.toolchain-mismatch"),
    edits: {
      ".github/seaworthy.yml": swap(
        "channels:",
        'toolchain:\n  - { id: node, run: node --version, version: "1.88.*" }\nchannels:',
      ),
    },
  },
  {
    ...shared,
    name: "glob-one-word",
    proves: "BLD-16 F23",
    stage: "build-manifest",
    title: "two globs are passed as one word, which names no file",
    expected: aborted("publish.files-empty"),
    edits: { [workflow]: swap("files: out/*.tgz", "files: out/*.tgz out/*.txt") },
  },
  {
    ...shared,
    name: "build-folder-assumed",
    proves: "BLD-12 F22",
    stage: "verdict",
    title: "the build writes to a folder that nobody has made",
    expected: aborted("verdict.stage-failed"),
    edits: { [workflow]: swap("mkdir -p out && npm pack", "npm pack") },
  },
  {
    ...shared,
    name: "token-unset",
    proves: "PUB-30 F16 F50",
    stage: "publish-verify",
    title: "the upload finds no token, and leaves its channel out without a failure",
    expected: aborted("publish.not-live"),
    edits: {
      [workflow]: swap(
        "          npm publish ./build",
        '          if [ -z "$NODE_AUTH_TOKEN" ]; then echo "no token, nothing to do"; exit 0; fi\n          npm publish ./build',
      ),
    },
  },
];

import { git } from "../git.ts";
import { swap } from "./edits.ts";
import { starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package" } as const;
const released = "@example/tide-table@1.1.0";

/** Tells people how a release ended, as docs/how-to-notify.md shows it, in a chat that nobody finds. */
const notify = `
  notify:
    name: Tell the others
    needs: conclude
    if: always()
    continue-on-error: true
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: {}
    steps:
      - name: Write to the chat
        env:
          VERDICT: \${{ needs.conclude.outputs.verdict }}
        run: |
          echo "expected a chat to tell of $VERDICT, found none" >&2
          exit 1
`;

/** Faults of what surrounds the candidate: CI, tags, the registry, and who is told. */
export const worldFaults: Fault[] = [
  {
    ...shared,
    name: "ci-never-ran",
    proves: "GAT-10 F13",
    stage: "release-gates",
    title: "CI never ran on the commit",
    expected: aborted("gates.ci-no-run"),
    withoutCi: true,
  },
  {
    ...shared,
    name: "ci-red",
    proves: "GAT-10 GAT-11 F11",
    stage: "release-gates",
    title: "CI failed on the commit",
    expected: aborted("gates.ci-failed"),
    edits: { ".github/workflows/ci.yml": swap("run: npm test\n", "run: npm test && npm run no-such-script\n") },
  },
  {
    ...shared,
    name: "ci-suppressed",
    proves: "GAT-13 F13",
    stage: "release-gates",
    title: "CI never ran, as the message of the commit says [skip ci]",
    expected: aborted("gates.ci-suppressed"),
    edits: { "README.md": (text) => `${text}\nTides are told for harbours alone.\n` },
    withoutCi: true,
  },
  {
    ...shared,
    name: "tag-elsewhere",
    proves: "TAG-07 F07 F50",
    stage: "auto-tag",
    title: "the tag names another commit already",
    expected: aborted("tag.exists-other-commit"),
    refs: (gitDir, head) => git(["update-ref", "refs/tags/v1.1.0", `${head}~1`], gitDir),
  },
  {
    ...shared,
    name: "registry-other-bytes",
    proves: "PUB-30 ALL-09",
    stage: "publish-verify",
    title: "the registry serves other bytes than were built",
    expected: aborted("publish.hash-mismatch"),
    trace: { journal: "registry-requests", line: { fault: "other-bytes" } },
    arrange: ({ npm }) => npm.faults.otherBytes(released),
  },
  {
    ...shared,
    name: "registry-lag",
    proves: "PUB-31",
    stage: "publish-verify",
    title: "the version becomes visible ten minutes after the upload",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "registry-requests", line: { fault: "lag" } },
    arrange: ({ npm }) => npm.faults.lag(10),
  },
  {
    ...shared,
    name: "registry-unavailable",
    proves: "ALL-08 F50",
    stage: "publish-verify",
    title: "the registry answers 503 to every question",
    expected: aborted("publish.remote-unknown"),
    trace: { journal: "registry-requests", line: { code: 503, fault: "unavailable" } },
    during: ({ npm }, event) => {
      if (starts(event, "verify")) npm.faults.unavailable();
    },
  },
  {
    ...shared,
    name: "chat-gone",
    proves: "F48",
    stage: "verdict",
    title: "the chat that is told of the release is not there, which changes nothing",
    expected: { verdict: "Released", reason: "" },
    edits: { ".github/workflows/release.yml": (text) => `${text.trimEnd()}\n${notify}` },
  },
];

import { both, swap, withGate } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package", stage: "release-gates" } as const;

/** A guard in the form of an older host, which the one of today takes for a yes. */
const outdatedGuard = 'case "$1" in *v[0-9]*) echo \'{"decision": "block"}\' ;; esac\n';

/** Counts the line by which the log says that it is empty as an error in it. */
const mistakenCheck = 'test "$(wc -l < "$1")" -eq 0\n';

/** What `npm audit --json` prints where advisories stand against two of three dependencies. */
const audit = (...found: [id: string, name: string][]) =>
  `${JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      found.map(([id, name], index) => {
        const url = `https://github.com/advisories/${id}`;
        return [name, { name, via: [{ source: index + 1, name, title: "Reads on and on", url, severity: "high" }] }];
      }),
    ),
    metadata: { dependencies: { total: 3 } },
  })}\n`;

const swell = "GHSA-jf85-cpcp-j695";
const ebb = "GHSA-p6mc-m468-83gw";

/** A gate that needs a key by either of two spellings and a region, of which its command gets the region alone. */
const keyed = both(
  withGate(`
id: telemetry
title: The key of the telemetry is there before anything is built
kind: command
run: test "$TIDE_REGION" = bay && test -z "\${TIDE_LICENCE_KEY:-}\${INPUT_SECRETS:-}"
environment: [[TIDE_LICENSE_KEY, TIDE_LICENCE_KEY], TIDE_REGION]`),
  {
    ".github/workflows/release.yml": swap(
      "    with:\n      rehearsal: ${{ inputs.rehearsal }}\n\n  build:",
      `    with:
      rehearsal: \${{ inputs.rehearsal }}
      variables: TIDE_REGION=bay
    secrets:
      gate-secrets: |
        TIDE_LICENSE_KEY=\${{ secrets.TIDE_LICENSE_KEY }}
        TIDE_LICENCE_KEY=\${{ secrets.TIDE_LICENCE_KEY }}

  build:`,
    ),
  },
);

/** A gate that reads an audit, which the tool makes when the gate runs and never before. */
const audited = (exceptions: string) =>
  withGate(`
id: dependencies
title: No dependency that ships has a serious advisory
kind: advisories
format: npm-audit
run: mkdir -p out && cp audit.json out/audit.json && exit 1
files: [out/audit.json]
exceptions: ${exceptions}`);

/** A gate that measures base and candidate, three times each, in milliseconds that are known beforehand. */
const measured = (base: string, candidate: string) =>
  withGate(`
id: speed
title: The table is printed as fast as before
kind: benchmark
key: [bench]
value: ms
run: |
  round=$(cat .round 2>/dev/null || echo 0); echo $((round + 1)) > .round
  if grep -q '"version": "1.1.0"' package.json; then times=(${candidate}); else times=(${base}); fi
  echo "{\\"bench\\": \\"table\\", \\"ms\\": \${times[round]}}" > "$SEAWORTHY_RESULTS"`);

/** Faults of gates themselves, and of what they are given: guards that cannot fail, noise, tools, variables, folders. */
export const gateFaults: Fault[] = [
  {
    ...shared,
    name: "guard-ignored",
    proves: "ALL-19 F18",
    title: "a guard answers in a form that nobody reads any more, so that it lets everything through",
    expected: aborted("gates.self-test-failed"),
    edits: both(
      withGate(`
id: guard
title: No automated actor pushes a version tag
kind: command
run: sh guard.sh "git push origin main"
self-test: { good: sh guard.sh "git push origin main", bad: sh guard.sh "git push origin v1.2.0" }`),
      { "guard.sh": () => outdatedGuard },
    ),
  },
  {
    ...shared,
    name: "check-always-red",
    proves: "ALL-19 F19",
    title: "a check counts the line that says there are no errors as an error",
    expected: aborted("gates.self-test-failed"),
    edits: both(
      withGate(`
id: journal
title: The journal holds no error
kind: command
run: sh check.sh journal.txt
self-test: { good: sh check.sh journal.txt, bad: sh check.sh broken.txt }`),
      {
        "check.sh": () => mistakenCheck,
        "journal.txt": () => "-- No entries --\n",
        "broken.txt": () => "error: the sensor does not answer\n",
      },
    ),
  },
  {
    ...shared,
    name: "scratch-assumed",
    proves: "GAT-05 F22",
    title: "a tool assumes a folder for temporary files, and goes on without it",
    expected: aborted("gates.scratch-unwritable"),
    edits: withGate(`
id: pages
title: The pages are drawn in a folder of their own
kind: command
run: mktemp -d "$PWD/out/scratch/page.XXXXXX" || echo "drawn without it"`),
  },
  {
    ...shared,
    name: "variable-renamed",
    proves: "GAT-32 BLD-05 F51",
    title: "a secret was renamed, and the job has neither of its two spellings",
    expected: aborted("gates.required-env-empty"),
    edits: keyed,
    secrets: { TIDE_TELEMETRY_KEY: "held-by-the-wrong-name" },
  },
  {
    ...shared,
    name: "variable-respelled",
    proves: "GAT-32 BLD-05 F51",
    title: "a secret is there by the second of its two spellings, which is enough",
    expected: { verdict: "Released", reason: "" },
    edits: keyed,
    secrets: { TIDE_LICENCE_KEY: "held-by-the-second-name" },
  },
  {
    ...shared,
    name: "advisory-appears",
    proves: "GAT-21 F28",
    title: "an advisory against a dependency appears when the release has begun",
    expected: aborted("gates.deps-vulnerable"),
    edits: both(audited("[]"), { "audit.json": () => audit([swell, "swell"]) }),
  },
  {
    ...shared,
    name: "advisory-accepted-until",
    proves: "GAT-21 F28",
    title: "of two advisories that were accepted with a reason, the day of one is over",
    expected: aborted("gates.deps-exception-expired"),
    edits: both(
      audited(
        `[{ id: ${swell}, reason: the table never reads swell, expires: 2099-12-31 }, { id: ${ebb}, reason: mended in the next release, expires: 2026-01-31 }]`,
      ),
      { "audit.json": () => audit([swell, "swell"], [ebb, "ebb"]) },
    ),
  },
  {
    ...shared,
    name: "benchmark-slower",
    proves: "GAT-36",
    title: "the candidate is slower than the release before in every run",
    expected: aborted("gates.perf-regressed"),
    edits: measured("10 11 12", "14 15 16"),
  },
  {
    ...shared,
    name: "benchmark-noisy",
    proves: "GAT-36 F24",
    title: "the candidate's median is a third slower, within what the release before scatters",
    expected: { verdict: "Released", reason: "" },
    edits: measured("10 11 30", "14 15 16"),
  },
];

import type { PypiIndex } from "../registries/pypi/pypi.ts";
import type { World } from "../world.ts";
import { swap } from "./edits.ts";
import { ends, starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const project = "example-moon-phase";
const wheel = "example_moon_phase-1.1.0-py3-none-any.whl";
const shared = { example: "python-package", stage: "publish-verify" } as const;
const met = (line: Record<string, string | number>) => ({
  journal: "registry-requests" as const,
  line: { registry: "python", ...line },
});
const minutes = (world: World, count: number) => new Date(world.clock.now().getTime() + count * 60_000);

/** Faults of the index that Python packages are published to, and of what is published there. */
export const pythonFaults: Fault[] = [
  {
    ...shared,
    name: "python-other-bytes",
    proves: "PUB-30",
    title: "the index serves another wheel than was built, and announces it",
    expected: aborted("publish.hash-mismatch"),
    trace: met({ fault: "other-bytes" }),
    arrange: (world) => indexOf(world).faults.otherBytes(wheel),
  },
  {
    ...shared,
    name: "python-broken-bytes",
    proves: "PUB-30",
    title: "the index serves another wheel than it announces itself",
    expected: aborted("publish.hash-mismatch"),
    trace: met({ fault: "other-bytes" }),
    arrange: (world) => indexOf(world).faults.otherBytes(wheel, false),
  },
  {
    ...shared,
    name: "python-list-lag",
    proves: "PUB-31",
    title: "the index tells of the version at once, and lists it six minutes later",
    expected: { verdict: "Released", reason: "" },
    trace: met({ fault: "lag" }),
    arrange: (world) => indexOf(world).faults.lag({ list: 6 }),
  },
  {
    ...shared,
    name: "python-list-stale",
    proves: "PUB-31 F46",
    title: "a cache before the index serves the list of before for an hour",
    expected: aborted("publish.live-timeout"),
    trace: met({ fault: "stale-list" }),
    during: (world, event) => {
      if (starts(event, "publish")) indexOf(world).faults.staleUntil(minutes(world, 60));
    },
  },
  {
    ...shared,
    name: "python-limited",
    proves: "PUB-31 F50",
    title: "the index answers 429 until an instant that it names",
    expected: { verdict: "Released", reason: "" },
    trace: met({ code: 429, fault: "limited" }),
    during: (world, event) => {
      if (ends(event, "publish")) indexOf(world).faults.limitedUntil(minutes(world, 4));
    },
  },
  {
    ...shared,
    name: "python-unavailable",
    proves: "ALL-08 F50",
    title: "the index answers 503 to every question once the version is uploaded",
    expected: aborted("publish.remote-unknown"),
    trace: met({ code: 503, fault: "unavailable" }),
    during: (world, event) => {
      if (ends(event, "publish")) indexOf(world).faults.unavailable();
    },
  },
  {
    ...shared,
    name: "python-yanked",
    proves: "PUB-36",
    title: "somebody yanks the version as soon as it is there",
    expected: aborted("publish.withdrawn"),
    trace: met({ fault: "yanked" }),
    during: (world, event) => {
      if (ends(event, "publish")) indexOf(world).yank(project, "1.1.0", "leaks");
    },
  },
  {
    ...shared,
    name: "python-wheel-alone",
    proves: "PUB-37 F43 F50",
    title: "the sdist is never uploaded, and the publish job is green",
    expected: aborted("publish.channel-incomplete"),
    edits: { ".github/workflows/release.yml": swap(" build/sdist/files/* dist/", " dist/") },
  },
  {
    ...shared,
    name: "python-response-lost",
    proves: "PUB-37 F45",
    title: "the wheel arrives, its answer is lost, and the publish job breaks off before the sdist",
    expected: { verdict: "Aborted", reason: "publish.channel-incomplete" },
    trace: met({ method: "POST", fault: "lost-response" }),
    arrange: (world) => indexOf(world).faults.loseResponse(),
  },
  {
    ...shared,
    name: "python-no-right",
    proves: "PUB-34 F31 F41",
    title: "the index refuses the upload, as the token has no right to it, while the tag serves the version already",
    expected: aborted("publish.partial"),
    edits: {
      ".github/seaworthy.yml": swap(
        "    package: example-moon-phase\n",
        "    package: example-moon-phase\n  - id: source\n    kind: git-tag\n",
      ),
      ".github/workflows/release.yml": (text) => withTree(withPassword(text)),
    },
    trace: met({ method: "POST", path: "/legacy/", code: 403 }),
  },
  {
    ...shared,
    name: "python-dependency-undeclared",
    stage: "smoke-test",
    proves: "SMK-24 F39",
    title: "the library imports what it does not declare, and the tests have it anyway",
    expected: aborted("smoke.import-failed"),
    edits: {
      "src/moon_phase/phase.py": swap("from datetime import date\n", "from datetime import date\n\nimport tidelib\n"),
      "tests/tidelib.py": () => "RANGE = 3\n",
    },
  },
];

/** A password of somebody else, in place of trusted publishing. */
const withPassword = swap(
  "          packages-dir: dist\n",
  "          packages-dir: dist\n          password: pypi-of-somebody-else\n",
);

/** Records the sources of the tag as built files, too, so that a second channel has something to serve. */
function withTree(text: string): string {
  const step = `      - id: tree
        uses: seaworthy/seaworthy/actions/build-manifest@v0
        with:
          release-mode: \${{ inputs.rehearsal && 'rehearsal' || 'live' }}
          records: \${{ needs.prepare.outputs.records }}
          kind: git-tree
          leg: tree
          files: src/moon_phase/*.py
`;
  const withStep = swap("          files: dist/*.tar.gz\n", `          files: dist/*.tar.gz\n${step}`)(text);
  const record = "        ${{ steps.sdist.outputs.record }}\n";
  return swap(record, record + record.replace("sdist", "tree"))(withStep);
}

function indexOf({ registries }: World): PypiIndex {
  if (!registries.python) throw new Error("expected a Python index in this world, found none");
  return registries.python;
}

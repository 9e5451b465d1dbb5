import type { Edits } from "../amend.ts";
import { swap } from "./edits.ts";
import { ends, starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package", stage: "smoke-test" } as const;

const systems: Edits = {
  ".github/seaworthy.yml": swap("\nsmoke:\n", "\nsmoke:\n  systems: [ubuntu-latest, ubuntu-24.04]\n"),
};

/** Faults of where smoke scenarios run: of systems that are left out, and of the registry between two jobs. */
export const smokeRunFaults: Fault[] = [
  {
    ...shared,
    name: "smoke-system-forgotten",
    proves: "SMK-04",
    title: "the configuration names systems that the workflow does not try",
    expected: aborted("smoke.system-unknown"),
    edits: systems,
  },
  {
    ...shared,
    name: "smoke-system-missing",
    proves: "SMK-04",
    title: "one of two systems leaves no evidence",
    expected: aborted("smoke.system-missing"),
    edits: {
      ...systems,
      ".github/workflows/release.yml": swap(
        "      published: ${{ needs.publish.result == 'success' }}\n",
        "      published: ${{ needs.publish.result == 'success' }}\n      smoke-systems: '[\"ubuntu-24.04\"]'\n",
      ),
    },
  },
  {
    ...shared,
    name: "smoke-stale-cache",
    proves: "SMK-05 F46",
    title: "a cache serves other bytes once the version was verified",
    expected: aborted("smoke.wrong-bytes"),
    trace: { journal: "registry-requests", line: { fault: "other-bytes" } },
    during: ({ npm }, event) => {
      if (ends(event, "verify")) npm.faults.otherBytes("@example/tide-table@1.1.0");
    },
  },
  {
    ...shared,
    name: "smoke-registry-gone",
    proves: "F47 SMK-03",
    title: "the registry answers 503 to every question of the smoke test",
    expected: aborted("smoke.install-failed"),
    trace: { journal: "registry-requests", line: { code: 503, fault: "unavailable" } },
    during: ({ npm }, event) => {
      if (starts(event, "smoke")) npm.faults.unavailable();
    },
  },
];

import { ends, starts } from "./events.ts";
import type { Fault } from "./fault.ts";

const shared = { example: "go-cli-homebrew", stage: "publish-verify" } as const;
const aborted = (reason: string) => ({ expected: { verdict: "Aborted" as const, reason } });

/** Faults of the tap: what its maintainer pushes, or does not push, before anything is published. */
export const formulaFaults: Fault[] = [
  {
    ...shared,
    ...aborted("publish.formula-stale"),
    name: "formula-stale",
    proves: "PUB-22 BLD-14 F10 F17 F44",
    title: "nobody updates the tap after the build",
    tapUpdate: () => undefined,
  },
  {
    ...shared,
    ...aborted("publish.remote-unknown"),
    name: "tap-unavailable",
    proves: "ALL-08 PUB-20",
    title: "the tap's server answers 503 while its formula is to be compared, so that nobody knows what it says",
    trace: { journal: "requests", line: { route: "git/git-upload-pack", status: 503, fault: "failed" } },
    during: ({ github }, event) => {
      if (starts(event, "align")) github.faults.fail("git/tap", 503, 100);
      if (ends(event, "align")) github.faults.clear();
    },
  },
  {
    ...shared,
    ...aborted("publish.formula-placeholder"),
    name: "formula-placeholder",
    proves: "PUB-20 F44",
    title: "the formula is pushed with a placeholder in place of one digest",
    tapUpdate: (formula) => formula.replace(/sha256 "[0-9a-f]{64}"/, `sha256 "${"0".repeat(64)}"`),
  },
  {
    ...shared,
    ...aborted("publish.formula-url"),
    name: "formula-wrong-platform",
    proves: "PUB-20",
    title: "the formula gives one platform the archive of another",
    tapUpdate: (formula) => formula.replace("darwin_arm64", "darwin_amd64"),
  },
  {
    ...shared,
    ...aborted("publish.formula-unreadable"),
    name: "formula-unreadable",
    proves: "PUB-20",
    title: "the formula computes an address, so that nobody can tell what it downloads",
    tapUpdate: (formula) => formula.replace(/url "https?:[^"]*linux_amd64[^"]*"/, "url ADDRESS"),
  },
];

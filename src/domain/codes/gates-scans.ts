/** Reason codes of the gates that read what scanners found. */
export const gatesScanCodes = {
  "gates.deps-vulnerable": {
    meaning: "An advisory of the gate's severity, or of unknown severity, stands against a dependency.",
    remedy: "Update the dependency, or accept the advisory in `exceptions` with its id, a reason and a last day.",
    overridable: false,
  },
  "gates.deps-exception-expired": {
    meaning: "An advisory was accepted until a day that is over.",
    remedy: "Update the dependency, or judge the advisory anew and give the exception another last day.",
    overridable: false,
  },
  "gates.deps-unassessable": {
    meaning:
      "Nobody can say what stands against the dependencies: the tool failed, left no output of its format, or skipped some.",
    remedy:
      "Read log.txt and run the tool by hand; accept a dependency that cannot be assessed in `exceptions` by its name.",
    overridable: false,
  },
  "gates.deps-nothing-assessed": {
    meaning: "The tool looked at no dependency at all.",
    remedy:
      "Look whether it ran in the right directory and found the lockfile; take the gate out where there are none.",
    overridable: false,
  },
  "gates.deps-db-stale": {
    meaning: "The tool's database of advisories is older than the gate allows, or does not tell its age.",
    remedy: "Update the database before the gate, or raise `database-age`.",
    overridable: false,
  },
  "gates.sarif-findings": {
    meaning: "A scanner found something of the gate's level that the baseline does not know.",
    remedy: "Repair it, suppress it in the scanner with a reason, or take it into the baseline.",
    overridable: false,
  },
  "gates.sarif-no-runs": {
    meaning: "A SARIF log holds no run, so nothing was scanned.",
    remedy: "Look whether the scanner started, and on what.",
    overridable: false,
  },
  "gates.sarif-incomplete": {
    meaning: "A scanner did not come to its end, or says itself that it did not succeed.",
    remedy: "Read its log, and run it again.",
    overridable: false,
  },
  "gates.sarif-baseline-unreadable": {
    meaning: "The baseline of known results is not there, or is not SARIF 2.1.0.",
    remedy: "Commit the scanner's log as the file that `baseline` names.",
    overridable: false,
  },
} as const;

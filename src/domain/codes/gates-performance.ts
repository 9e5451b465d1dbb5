/** Reason codes of the gates that measure. */
export const gatesPerformanceCodes = {
  "gates.perf-regressed": {
    meaning: "A scenario is slower than in the base by the threshold or more, in every run.",
    remedy: "Look at the table and repair the cause; run the gate again if the machine was busy.",
    overridable: false,
  },
  "gates.perf-no-comparable": {
    meaning: "Base and candidate have no scenario in common, so nothing was compared.",
    remedy: "Compare the `key` fields with what both sides write.",
    overridable: false,
  },
  "gates.perf-runs-missing": {
    meaning: "Not every run measured every scenario, or the base did not run at all.",
    remedy: "Read log.txt; let the command write its results to $SEAWORTHY_RESULTS in both versions.",
    overridable: false,
  },
  "gates.perf-results-unreadable": {
    meaning: "A run wrote something else than JSON results with the fields that the gate wants.",
    remedy: "Write an array of objects, or one object a line, and each scenario once.",
    overridable: false,
  },
  "gates.perf-base-missing": {
    meaning: "There is no base to compare with: no tag of that name in the checkout, or no release before.",
    remedy: "Give the checkout the tags and the history. For a first release, leave the gate out or make it advisory.",
    overridable: false,
  },
  "gates.perf-scenario-vanished": {
    meaning: "The base measures a scenario that the candidate does not.",
    remedy: "Bring it back, or name it in `removed` with a reason.",
    overridable: false,
  },
  "gates.perf-unverified": {
    meaning: "Every scenario is below the noise floor or has a base of 0, so nothing is proven.",
    remedy: "Measure longer or more, or lower `noise-floor`.",
    overridable: false,
  },
  "gates.perf-host-differs": {
    meaning: "The machine was another one at the end than at the beginning.",
    remedy: "Measure on one machine from start to end, and run the gate again.",
    overridable: false,
  },
} as const;

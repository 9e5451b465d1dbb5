/** Reason codes of the gates stage about what a release requires, and which gates apply to it. */
export const gatesTierCodes = {
  "gates.tier-missing": {
    meaning: "The release requires a tier of tests that no required gate or smoke scenario would prove.",
    remedy: "Give a gate that applies, or a smoke scenario, the `tier` in the message, or correct `tiers`.",
    overridable: false,
  },
  "gates.must-run-missing": {
    meaning: "What changed requires a test, and it was not executed, or no gate looks for it.",
    remedy: "Run the test and report it; a gate of kind `junit` looks for it with `must-run: true`.",
    overridable: false,
  },
  "gates.not-applicable": {
    meaning: "The gate's `applies-when` does not hold for this release; the plan records which rule decided.",
    remedy: "Nothing, if the rule is as intended.",
    overridable: false,
  },
  "gates.none-applies": {
    meaning: "Required gates are configured, and none of them applies to this release, so nothing would be proven.",
    remedy: "Leave at least one required gate without `applies-when`.",
    overridable: false,
  },
} as const;

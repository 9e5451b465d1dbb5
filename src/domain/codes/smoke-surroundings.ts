/** Reason codes of the smoke stage about endpoints, probes and the specification. */
export const smokeSurroundingsCodes = {
  "smoke.endpoint-uncovered": {
    meaning: "A declared endpoint has no required read case, or can write and has no write case.",
    remedy: "Add a step with `request.endpoint`, or take the endpoint out of `smoke.endpoints`.",
    overridable: true,
  },
  "smoke.endpoint-unknown": {
    meaning: "A step asks an endpoint that is not declared.",
    remedy: "Add it to `smoke.endpoints`, or correct the id.",
    overridable: false,
  },
  "smoke.real-data": {
    meaning:
      "A step would write to an endpoint that is not marked as holding test data, or leave its endpoint. Nothing was tried.",
    remedy: "Point the step at a test account and mark that endpoint with `data: synthetic`.",
    overridable: false,
  },
  "smoke.scenario-unobserved": {
    meaning: "A scenario of the specification has no observation, or the specification could not be read.",
    remedy: "Add a scenario that `covers` it; reading code or a unit test is none.",
    overridable: true,
  },
  "smoke.probe-failed": {
    meaning: "A value that was stored did not come back from a step that was not told it.",
    remedy: "The feature is not wired from end to end, whatever its parts say.",
    overridable: true,
  },
  "smoke.half-wired": {
    meaning:
      "A probe has one end only: its value is never recalled, or recalled and never stored; or a claim has no probe.",
    remedy: "Add the other end to the same scenario.",
    overridable: false,
  },
  "smoke.capability-dishonest": {
    meaning: "The product says that it can, and could not.",
    remedy: "Wire the feature, or let the product say that it cannot; `false` is honest.",
    overridable: true,
  },
} as const;

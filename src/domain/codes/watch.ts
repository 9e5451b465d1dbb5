/** Reason codes of the watch stage. */
export const watchCodes = {
  "watch.stage-not-passed": {
    meaning: "A stage that the watch relies on has run and did not pass.",
    remedy: "Correct what that stage complains about; then run it and this stage again.",
    overridable: false,
  },
  "watch.na-without-reason": {
    meaning: "The configuration says neither how the release is watched nor why there is nothing to watch.",
    remedy: "Add the section `watch`, or set `watch.not-applicable` to the reason.",
    overridable: true,
  },
  "watch.not-applicable": {
    meaning: "There is nothing to watch, for the reason that the configuration gives. This does not block.",
    remedy: "Nothing to do. Once the product has a host, describe it under `watch`.",
    overridable: false,
  },
  "watch.window-too-short": {
    meaning: "The window is shorter than five minutes or than five intervals, which is too short to see anything.",
    remedy: "Set `watch.window` to 60m for production, 15m for staging, and never below 5m.",
    overridable: false,
  },
  "watch.metric-undefined": {
    meaning: "The metrics backend refuses a query: it is no valid query, or does not give one number.",
    remedy: "Try the query in the backend itself; it must give a single number for one interval.",
    overridable: false,
  },
  "watch.deployment-unknown": {
    meaning: "Nothing says when the release was not deployed yet, so that a baseline might be the release itself.",
    remedy: "Hand over the record of build-manifest or auto-tag, or pass `deployed-at`.",
    overridable: false,
  },
  "watch.deployment-before-tag": {
    meaning: "`deployed-at` lies before the tag of the release was written, so the window would watch another version.",
    remedy: "Pass the instant, in UTC, at which the deployment of this very release ended.",
    overridable: false,
  },
  "watch.baseline-missing": {
    meaning:
      "There is too little to compare with: fewer than 10 good samples, or no request at all before the deployment.",
    remedy: "Let the service run under traffic before it is released, or lengthen `watch.baseline`.",
    overridable: true,
  },
  "watch.backend-unreachable": {
    meaning: "The metrics backend did not answer, or refused to: the watch is blind. Blind is never healthy.",
    remedy: "Repair the backend or the access to it. Look at the service by other means, and roll back when in doubt.",
    overridable: true,
  },
  "watch.hard-error-rate": {
    meaning: "The error rate reached twice the baseline or more.",
    remedy: "Roll back.",
    overridable: true,
  },
  "watch.soft-error-rate": {
    meaning: "The error rate reached 1.5 times the baseline, and stayed below twice of it.",
    remedy: "A person decides: accept this drift, extend the watch, or roll back. Without an answer, roll back.",
    overridable: true,
  },
  "watch.hard-latency": {
    meaning: "The 99th percentile of latency reached three times the baseline or more.",
    remedy: "Roll back.",
    overridable: true,
  },
  "watch.soft-latency": {
    meaning: "The 99th percentile of latency reached 1.5 times the baseline, and stayed below three times of it.",
    remedy: "A person decides: accept this drift, extend the watch, or roll back. Without an answer, roll back.",
    overridable: true,
  },
  "watch.floor-breach": {
    meaning:
      "The baseline is zero, so no ratio exists, and the value reached the absolute floor: 1 % errors, or 50 ms.",
    remedy: "Roll back.",
    overridable: true,
  },
  "watch.hard-health": {
    meaning: "The health probe failed in two consecutive intervals.",
    remedy: "Roll back.",
    overridable: true,
  },
  "watch.soft-health": {
    meaning: "The health probe failed once and answered again.",
    remedy: "A person decides: accept the blip, extend the watch, or roll back. Without an answer, roll back.",
    overridable: true,
  },
  "watch.no-data": {
    meaning: "No good sample arrived within the first three minutes.",
    remedy: "Roll back, or find out by other means whether the service runs: no data is not health.",
    overridable: true,
  },
  "watch.gap": {
    meaning: "Samples stopped arriving for more than three minutes.",
    remedy: "Roll back, or find out by other means whether the service runs: no data is not health.",
    overridable: true,
  },
  "watch.too-few-samples": {
    meaning: "Too few of the expected samples or probes were good to say that the release stayed healthy.",
    remedy: "Repair what loses samples, and watch again.",
    overridable: true,
  },
  "watch.no-signal": {
    meaning: "The service got no request: within the first three minutes this is hard, later a person decides.",
    remedy: "Check that traffic reaches the new version. A deployment without a sign of life counts as failed.",
    overridable: true,
  },
  "watch.too-little-traffic": {
    meaning:
      "The service got less than one request an interval on average: no errors among so few is no sign of health.",
    remedy: "Check that traffic reaches the new version; lengthen `watch.interval` for a service with few users.",
    overridable: true,
  },
  "watch.soft-traffic": {
    meaning: "The service got less than half of the baseline's requests, on average over the whole watch.",
    remedy: "A person decides: accept this drop, extend the watch, or roll back. Without an answer, roll back.",
    overridable: true,
  },
  "watch.cut-short": {
    meaning: "The watch ended before its window did, so that nothing more can be said of this question.",
    remedy: "Read the check that failed; it ended the watch.",
    overridable: false,
  },
} as const;

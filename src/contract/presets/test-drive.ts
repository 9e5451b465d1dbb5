import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { tests, ci } = sharedGates;
const quota = "(?:usage|spend(?:ing)?|credit) limit|insufficient (?:quota|credits)";
const rate = String.raw`rate.?limit|[Tt]oo many requests|\b429\b`;
const access = "[Ii]nvalid api key|[Uu]nauthori[sz]ed|[Aa]uthentication failed|proxy (?:error|authentication)";
const silence = "no response from (?:the )?(?:model|upstream)|upstream (?:timed out|unavailable)";

/** A program that drives agents, tried against the real ones. */
export const testDrive: Preset = {
  about:
    "A program that drives agents or other third parties, tried against the real ones: their refusals are told from the product's failures, and are reported where the product ends gracefully, as long as one scenario really passed. Which scenarios, models and credentials, only the project can say; its suite against the real backend comes first, with `baseline: true`.",
  config: {
    gates: [tests, ci],
    smoke: {
      budget: "30m",
      parallel: 1,
      "on-external": "report",
      "min-pass": 1,
      "max-external": 3,
      "verified-within": 30,
      "self-test": "required",
      signs: [
        { id: "usage-limit", pattern: quota, class: "agent" },
        { id: "rate-limit", pattern: rate, class: "agent" },
        { id: "auth-or-proxy", pattern: access, class: "agent" },
        { id: "stuck-upstream", pattern: silence, class: "agent" },
      ],
    },
  },
};

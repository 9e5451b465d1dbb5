import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { tests, ci } = sharedGates;

/** A service that is deployed and then watched. */
export const service: Preset = {
  about:
    "A service that is deployed and then watched for an hour, against the hour before. Where it is watched is the service's to say.",
  config: {
    changelog: { format: "keep-a-changelog" },
    gates: [tests, ci],
    channels: [{ id: "repository", kind: "git-tag" }],
    watch: { window: "60m", interval: "1m", baseline: "60m" },
  },
};

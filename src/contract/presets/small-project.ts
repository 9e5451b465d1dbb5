import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { tests, ci } = sharedGates;

/** A package or a program of one or a few people. */
export const smallProject: Preset = {
  about:
    "A package or a program of one or a few people: tests that pass on the candidate, and CI on exactly that commit. The plan wants one version in every place, and a changelog that describes it.",
  config: {
    changelog: { format: "keep-a-changelog" },
    gates: [tests, ci],
  },
};

import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { ci } = sharedGates;

/** A library for several ecosystems, released by an explicit contract through named gates. */
export const releaseManager: Preset = {
  about:
    "A library for several ecosystems. Target and base are named by whoever starts the release, and nine gates stand before the tag, besides CI. A gate that has nothing to judge in your project is switched off with a reason.",
  config: {
    version: { base: "explicit" },
    changelog: { format: "keep-a-changelog" },
    tag: { kind: "annotated", message: "Release {tag}" },
    gates: [
      {
        id: "topology",
        title: "Workflows and scripts are as the release needs them",
        kind: "topology",
        workflows: [
          { file: "release.yml", triggers: ["workflow_dispatch"], inputs: ["target", "base", "operator", "rehearsal"] },
        ],
      },
      {
        id: "dependencies",
        title: "No dependency that ships has a serious advisory",
        kind: "advisories",
        severity: "high",
        "database-age": "168h",
      },
      {
        id: "performance",
        title: "No scenario has become slower",
        kind: "benchmark",
        runs: 3,
        threshold: 15,
        "noise-floor": 0.0001,
      },
      {
        id: "licences",
        title: "Every archive holds its licence and its notices",
        kind: "licences",
        contains: ["LICENSE", "THIRD_PARTY_NOTICES.md"],
      },
      ci,
    ],
    watch: { "not-applicable": "a library has no host; the published bytes are verified instead" },
  },
};

import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { ci } = sharedGates;

/** A library for several ecosystems, released by an explicit contract through named gates. */
export const releaseManager: Preset = {
  about:
    "A library for several ecosystems. Target and base are named by whoever starts the release, and nine gates stand before the tag, besides CI and the topology of the workflows. What blocks the release becomes an issue, and open ones hold it back. A gate that has nothing to judge in your project is switched off with a reason.",
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
        id: "memory-safety",
        title: "Every unsafe boundary has a stated invariant and a test",
        kind: "command",
        parts: [
          {
            id: "invariants",
            title: "Every unsafe boundary states its invariant",
            "fails-as": "gates.unsafe-invariant-unclear",
          },
          { id: "tests", title: "Every unsafe boundary has a test that passes", "fails-as": "gates.unsafe-untested" },
        ],
      },
      {
        id: "concurrency",
        title: "No race and no crash leaves invalid state behind",
        kind: "junit",
        "fails-as": "gates.concurrency",
      },
      {
        id: "performance",
        title: "No scenario has become slower",
        kind: "benchmark",
        runs: 3,
        threshold: 15,
        "noise-floor": 0.0001,
      },
      { id: "stability", title: "Whatever breaks users is named in the notes", kind: "drift" },
      { id: "documentation", title: "The quickstart does what it says", kind: "quickstart", file: "README.md" },
      {
        id: "bindings",
        title: "Bindings and packages install and work together",
        kind: "command",
        "fails-as": "gates.bindings",
        parts: [
          { id: "bindings", title: "The tests of the bindings pass" },
          { id: "node", title: "The packed Node tarball installs and works" },
          { id: "python", title: "The Python wheel installs and works" },
          { id: "together", title: "The artifacts work together" },
        ],
      },
      {
        id: "ui-security",
        title: "What is reachable over the network was reviewed",
        kind: "command",
        "fails-as": "gates.ui-security",
      },
      {
        id: "licences",
        title: "Every archive holds its licence and its notices",
        kind: "licences",
        contains: ["LICENSE", "THIRD_PARTY_NOTICES.md"],
      },
      ci,
    ],
    blockers: { file: true },
    watch: { "not-applicable": "a library has no host; the published bytes are verified instead" },
  },
};

import { sharedGates } from "#src/contract/presets/gates";
import type { Preset } from "#src/contract/presets/preset";

const { tests, ci } = sharedGates;

/** A command that ships from `dev` over `main`, fast-forward only. */
export const shipItCli: Preset = {
  about:
    "A command that goes from `dev` to `main` by fast-forward and is released from there: version in a file, checks on the exact commit before the branch moves and again before the tag, `release.yml` started on the tag, and the repository at the tag as what users take.",
  config: {
    version: { sources: [{ kind: "plain", file: "VERSION" }] },
    changelog: { format: "keep-a-changelog" },
    promote: { chain: ["dev", "main"], checks: ["test"] },
    tag: { next: { mode: "dispatch", workflow: "release.yml", inputs: { tag: "{tag}" } } },
    gates: [tests, ci],
    channels: [{ id: "repository", kind: "git-tag" }],
    watch: { "not-applicable": "a command has no host; the tag that users take it from is verified instead" },
  },
};

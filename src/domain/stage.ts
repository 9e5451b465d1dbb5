/**
 * The stages, in the order in which they run, with the action that carries each out. `promote` brings a commit to where
 * releases start from: it precedes the chain of a release, and no release needs its record.
 */
export const stageNames = [
  "promote",
  "plan-release",
  "release-gates",
  "auto-tag",
  "build-manifest",
  "publish-verify",
  "smoke-test",
  "watch-window",
  "verdict",
] as const;

/** The name of a stage, equal to the name of its action. */
export type StageName = (typeof stageNames)[number];

/** The stages of a release, in the order in which they run, with the action that carries each out. */
export const stageNames = [
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

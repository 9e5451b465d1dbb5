/** Kinds of changes as a summary tells them apart; a commit counts as the first one that it is. */
export const changeKinds = ["breaking", "security", "features", "fixes", "other"] as const;

/** Kinds of releases. The first release of all counts as `major`. */
export const releaseTypes = ["patch", "minor", "major", "pre-release"] as const;

/** Levels of risk, lowest first. */
export const riskLevels = ["low", "medium", "high"] as const;

/** Ways to deploy; `manual` is recorded and not carried out. */
export const strategies = ["all-at-once", "rolling", "blue-green", "canary", "manual"] as const;

/** A kind of change. */
export type ChangeKind = (typeof changeKinds)[number];

/** A kind of release. */
export type ReleaseType = (typeof releaseTypes)[number];

/** A level of risk. */
export type RiskLevel = (typeof riskLevels)[number];

/** A way to deploy. */
export type Strategy = (typeof strategies)[number];

import type { CommitReading } from "#src/domain/conventional-commit";
import type { Version } from "#src/domain/version";

/** Steps from one version to the next, smallest first. */
export const bumps = ["none", "patch", "minor", "major"] as const;

/** A step from one version to the next. */
export type Bump = (typeof bumps)[number];

/** What one commit asks for, and why. */
export interface Weight {
  bump: Bump;
  why: string;
}

/** Compares steps: negative where `a` is the smaller one. */
export function compareBumps(a: Bump, b: Bump): number {
  return bumps.indexOf(a) - bumps.indexOf(b);
}

/** Finds the larger of two steps. */
export function largerBump(a: Bump, b: Bump): Bump {
  return compareBumps(a, b) < 0 ? b : a;
}

/** Tells the step between two versions by the first part that differs; the suffix of a pre-release is no step. */
export function declaredBump(from: Version, to: Version): Bump {
  const part = to.release.findIndex((number, index) => number !== from.release[index]);
  return (["major", "minor", "patch"] as const)[part] ?? "none";
}

/** Names the stable version that a step leads to. */
export function versionAfter({ release: [major, minor, patch] }: Version, step: Exclude<Bump, "none">): string {
  if (step === "major") return `${major + 1n}.0.0`;
  return step === "minor" ? `${major}.${minor + 1n}.0` : `${major}.${minor}.${patch + 1n}`;
}

/** Weighs a commit by its message: breaking asks for `breaking`, a feature for a minor step, all else for a patch, a bare merge for none. */
export function weighMessage({ class: kind, breaking, carried }: CommitReading, breakingStep: Bump): Weight {
  if (breaking) return { bump: breakingStep, why: "breaking change" };
  const own = weighClass(kind);
  const inside = carried
    .map((one) => (one.breaking ? breakingStep : weighClass(one.class).bump))
    .reduce(largerBump, "none");
  return compareBumps(inside, own.bump) > 0 ? { bump: inside, why: `${own.why}, with a ${inside} change inside` } : own;
}

function weighClass(kind: CommitReading["class"]): Weight {
  if (kind === "feat") return { bump: "minor", why: "feature" };
  if (kind === "merge") return { bump: "none", why: "merge" };
  return { bump: "patch", why: kind === "other" ? "no known type" : kind };
}

/** Labels that ask for each step. */
export type LabelRules = Record<"major" | "minor" | "patch", string[]>;

/** Weighs a commit by the labels of its issues and pull requests; the largest step wins, and without a known label it is a patch. */
export function weighLabels(labels: string[], rules: LabelRules): Weight & { known: boolean } {
  for (const bump of ["major", "minor", "patch"] as const) {
    const label = labels.find((one) => rules[bump].includes(one));
    if (label !== undefined) return { bump, why: `label ${label}`, known: true };
  }
  return { bump: "patch", why: "no known label", known: false };
}

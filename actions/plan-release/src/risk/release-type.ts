import { declaredBump } from "#src/domain/bump-decision";
import type { ReleaseType } from "#src/domain/changes/kinds";
import { type Aim, isUnnamed } from "../aim.ts";

/** What kind of release this is, and why. */
export interface TypedRelease {
  type: ReleaseType;
  because: string;
}

/** Tells the kind of a release by its step from the one before. Where there is no step to tell, the strictest kind is taken. */
export function releaseTypeOf({ version, base }: Aim): TypedRelease {
  if (isUnnamed(version) || isUnnamed(base)) return { type: "major", because: "version or base is not known" };
  if (version.class === "pre-release") return { type: "pre-release", because: `${version.text} is a pre-release` };
  if (base.kind === "first") return { type: "major", because: "no release went before" };
  const step = declaredBump(base.at, version);
  if (step === "none") return { type: "major", because: `${base.at.text} to ${version.text} is no step` };
  return { type: step, because: `${base.at.text} to ${version.text} is a ${step} step` };
}

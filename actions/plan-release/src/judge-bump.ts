import { compareBumps, declaredBump, versionAfter } from "#src/domain/bump-decision";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy } from "./facts.ts";

/**
 * Judges whether the step to the declared version is as large as the changes since the base ask for. Where the maintainer
 * declares, the finding is advisory; where commits or labels decide, a step that is too small blocks.
 */
export function judgeBump({ bump }: Policy, { commits }: Facts, { version, base }: Aim): Check[] {
  const decides = bump.decision !== "declared";
  const title = "The step to this version is as large as the changes ask for";
  const ask = question("bump", title, decides);
  const classified = question(
    "commits-classified",
    "Every commit tells what kind of change it is",
    bump.unclassified === "block",
  );
  if (isUnnamed(version) || isUnnamed(base) || !commits)
    return [ask, classified].map((one) =>
      one.notApplicable("plan.not-applicable", "this needs the version, the base, and the commits between them"),
    );
  const known =
    commits.unclassified === 0
      ? classified.pass(`${commits.total} commits`)
      : classified.fail(
          "plan.commit-unclassified",
          `expected a type or label of every commit, found ${commits.unclassified} without`,
        );
  if (base.kind === "first") return [ask.notApplicable("plan.not-applicable", "a first release is no step"), known];
  if (base.at.class !== "stable")
    return [ask.notApplicable("plan.not-applicable", `${base.at.tag} is no stable release to step from`), known];

  const { required, deciding } = commits.asked;
  const declared = declaredBump(base.at, version);
  const step = `${base.at.text} to ${version.text} is a ${declared} step; ${commits.total} commits ask for ${required}`;
  const order = compareBumps(declared, required);
  if (order < 0 && required !== "none") {
    const because = `expected a ${required} step, found: ${step}; ${versionAfter(base.at, required)} would do`;
    return [ask.fail("plan.bump-too-small", because, deciding), known];
  }
  if (order === 0) return [ask.pass(step, deciding), known];
  // A larger step than needed never decides.
  return [question("bump", title, false).fail("plan.bump-larger", step, deciding), known];
}

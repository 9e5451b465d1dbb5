import type { RiskDocument } from "#src/domain/changes/risk-document";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Facts, Policy } from "./facts.ts";

/** Judges whether the environment can be deployed to: what it requires is in the commit, and a rollback has somewhere to go. */
export function judgeDeployment(
  { environments, environment: name }: Policy,
  { scene }: Facts,
  { deployment }: RiskDocument,
): Check[] {
  const environment = environments.find(({ id }) => id === name);
  if (!environment) return [];
  const held = question("prerequisites", "The commit holds what the environment requires");
  const back = question("rollback-target", "A rollback has a release to go back to");
  const { requires, rollback } = environment;
  const wanted = `expected ${requires.join(", ")} for ${name}`;
  return [
    scene.missing.length === 0
      ? held.pass(requires.length === 0 ? `${name} requires no files` : requires.join(", "))
      : held.fail("plan.prerequisite-missing", `${wanted}, found no ${scene.missing.join(", no ")}`, scene.missing),
    rollbackCheck(),
  ];

  function rollbackCheck(): Check {
    if (rollback === "none")
      return back.notApplicable("plan.not-applicable", `the configuration says \`rollback: none\` for ${name}`);
    return deployment.rollback === null
      ? back.unsure("plan.rollback-target-missing", `expected a release before this one for ${name}, found none`)
      : back.pass(deployment.rollback);
  }
}

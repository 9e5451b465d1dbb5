import { jobVariables } from "#src/adapters/job-variables";
import { runner } from "#src/adapters/runner-commands";
import { toolEnvironment, withheldSecrets } from "#src/adapters/tool-environment";
import { readAssignments } from "#src/contract/fields";
import { Failure } from "#src/domain/failure";
import type { JobVariables } from "#src/ports/job-variables";

/** What the gate is handed besides the job's environment, as lines of `NAME=value`, and the token that no command may see. */
export interface Handed {
  variables: string;
  secrets: string;
  token: string;
}

/** What surrounds a gate: which variables are there, what its commands get of them, and what no log may show. */
export interface Surroundings {
  variables: JobVariables;
  environment: Record<string, string>;
  secrets: string[];
}

/** Shorter secrets would blacken every log. */
const shortestSecret = 4;

/**
 * Puts what a gate is handed beside the job's own environment. A secret counts as there, is masked, and goes no further. Throws
 * `all.input-invalid` for a variable that no command would get, or that is a secret too.
 */
export function gateSurroundings(
  handed: Handed,
  source: Record<string, string | undefined> = process.env,
): Surroundings {
  const plain = Object.fromEntries(readAssignments(handed.variables));
  const secret = Object.fromEntries(readAssignments(handed.secrets));
  const values = Object.values(secret).filter((value) => value.length >= shortestSecret);
  values.forEach(runner.mask);
  refuseWithheld(plain, secret);
  const own = { ...source, ...plain };
  return {
    variables: jobVariables({ ...own, ...secret }),
    environment: toolEnvironment({ source: own, secrets: [handed.token, ...values] }),
    secrets: [...withheldSecrets(own), ...values],
  };
}

function refuseWithheld(plain: Record<string, string>, secret: Record<string, string>): void {
  const passed = toolEnvironment({ source: plain });
  const withheld = Object.keys(plain).filter((name) => !(name in passed) || name in secret);
  if (withheld.length === 0) return;
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `input variables: expected names that are no secrets and not the runner's own, found ${withheld.join(", ")}`,
    hint: "Hand secrets over by the input `secrets` (`gate-secrets` of prepare-release.yml), or choose another name.",
  });
}

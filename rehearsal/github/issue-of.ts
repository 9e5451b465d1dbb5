import { notFound } from "./problem.ts";
import type { Issue } from "./records.ts";
import type { World } from "./world.ts";

/** Finds the issue a path names. */
export function issueOf({ state }: World, number: string | undefined): Issue {
  const found = state.issues.find((one) => String(one.number) === number);
  if (!found) throw notFound();
  return found;
}

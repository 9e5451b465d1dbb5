import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";

/** Tells of globs that name no file of the commit, be it by a slip or because the files are gone. Nothing is asked where all name one. */
export function judgeGlobs({ scene: { idle } }: Facts): Check[] {
  const ask = question("globs", "Every glob of the configuration names a file of the commit", false);
  if (!idle)
    return [ask.unsure("plan.glob-idle", "expected the files of the commit, found that they cannot be listed")];
  if (idle.length === 0) return [];
  const because = `expected every glob to name a file of the commit, found none for ${idle.join(", ")}`;
  return [ask.fail("plan.glob-idle", because)];
}

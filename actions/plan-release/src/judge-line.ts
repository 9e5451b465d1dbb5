import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Aim } from "./aim.ts";
import type { Sighting } from "./facts.ts";

/** Judges that a version of a maintenance line comes from the branch of that line; nothing is asked of other versions. */
export function judgeLine({ remote, tips, checkout: { head } }: Sighting, { line, latest }: Aim): Check[] {
  if (!line) return [];
  const ask = question("maintenance-line", "A version of a maintenance line comes from its branch");
  if (!remote.known)
    return [ask.unsure("plan.remote-unknown", `expected the remote's branches, found: ${remote.because}`)];
  const tip = remote.heads.get(line.branch);
  const wanted = `expected the commit on ${line.branch}, from which ${line.versions} is released`;
  if (tip === undefined) return [ask.fail("plan.line-branch-mismatch", `${wanted}, found no such branch`)];
  if (tip === head || tips.containing.has(tip)) {
    const after = latest.overall
      ? "no higher version is released"
      : "a higher version is released and stays the latest";
    return [ask.pass(`on ${line.branch}, line ${line.versions}; ${after}`, [tip])];
  }
  return tips.all.has(tip)
    ? [ask.fail("plan.line-branch-mismatch", `${wanted}, found ${line.branch} on ${tip} without it`, [tip])]
    : [ask.unsure("plan.remote-moved", `${wanted}, found ${line.branch} on ${tip}, which the checkout does not hold`)];
}

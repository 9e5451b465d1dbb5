import { compareVersions, sameVersion } from "#src/domain/version-order";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts, Policy, PushFacts } from "./facts.ts";

/** How the plan ends where no check refuses it: with a release, or rightly without one, and why. */
export type Ending = "release" | "unchanged" | "pre-release";

/** Decides between a release and none. What is not known never ends without a release: a check then blocks. */
export function endingOf(
  policy: Policy,
  facts: Pick<Facts, "push" | "tagged" | "bumpCommit" | "checkout">,
  aim: Aim,
): Ending {
  if (!facts.push) return isUnchanged(policy, facts, aim) ? "unchanged" : "release";
  if (isUnnamed(aim.version) || isUnnamed(aim.tag)) return "release";
  if (policy.version["pre-releases"] === "skip" && aim.version.class === "pre-release") return "pre-release";
  const onBump = facts.bumpCommit !== undefined && aim.tag.commit === facts.checkout.head;
  const released = onBump || (facts.tagged?.ancestor === true && facts.tagged.version === aim.version.text);
  return changeOf(facts.push, aim) === "unchanged" && released ? "unchanged" : "release";
}

/**
 * Tells whether there is rightly nothing to release: the version is the highest released one, nobody asked for its tag,
 * and the tagged commit is an ancestor that holds the same version. Unknown is never unchanged.
 */
function isUnchanged({ tag: asked }: Policy, { tagged }: Pick<Facts, "tagged">, { version, top }: Aim): boolean {
  if (asked !== "" || !tagged || isUnnamed(version)) return false;
  const isHighest = !top || compareVersions(version, top) > 0;
  return isHighest && tagged.ancestor === true && tagged.version === version.text;
}

/** Tells whether a push changed the version's value; a file that is not there, or cannot be read, held another one. */
export function changeOf({ base, declared }: PushFacts, { version }: Aim): "changed" | "unchanged" | "unknown" {
  if (base === "unknown" || isUnnamed(version)) return "unknown";
  if (declared?.found.kind !== "value") return "changed";
  return sameVersion(declared.found.text, version.text) ? "unchanged" : "changed";
}

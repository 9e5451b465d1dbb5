import type { Code } from "#src/domain/catalogue";
import { isTagName, tagOf, versionOfTag } from "#src/domain/tag-pattern";
import { parseVersion, type Version } from "#src/domain/version";
import { compareVersions, highest } from "#src/domain/version-order";
import type { Policy, Sighting } from "./facts.ts";
import { isOnLine, lineOf, type MaintenanceLine } from "./maintenance-line.ts";

/** A released version with its tag and the commit that carries it. */
export interface ReleasedVersion extends Version {
  tag: string;
  commit: string;
}

/** Why something could not be named. */
export interface Unnamed {
  kind: "unnamed";
  result: "fail" | "unsure";
  code: Code;
  because: string;
}

/** What is aimed at: the version, its tag, the release before, and what the remote has on the same line. */
export interface Aim {
  version: Version | Unnamed;
  tag: { kind: "tag"; name: string; commit: string | undefined } | Unnamed;
  base: { kind: "base"; at: ReleasedVersion } | { kind: "first" } | Unnamed;
  /** Highest version released on the line, the target itself left out; pre-releases are no part of a stable line. */
  top: ReleasedVersion | undefined;
  /** Maintenance line that the version belongs to. */
  line: MaintenanceLine | undefined;
  /** Whether no higher version is released, of all or of its major; neither where that is not known. */
  latest: { overall: boolean; major: boolean };
}

/** Names what would be released, from what is seen. Nothing is refused here; what cannot be named says why. */
export function takeAim(policy: Policy, seen: Sighting): Aim {
  const version = declaredVersion(seen);
  const tag = nameTag(policy, seen, version);
  if (isUnnamed(version) || isUnnamed(tag)) {
    const base = findBase(policy, seen, { version, released: [], line: undefined });
    return { version, tag, base, top: undefined, line: undefined, latest: { overall: false, major: false } };
  }
  const line = lineOf(version, policy.version.lines);
  const released = releasedOn(version, policy, seen).filter((one) => one.tag !== tag.name);
  return {
    version,
    tag,
    base: findBase(policy, seen, { version, released, line }),
    top: highest(released.filter((one) => !line || isOnLine(one, line))),
    line,
    latest: latestOf(version, released, seen),
  };
}

/** Tells what could not be named from what could. */
export function isUnnamed(finding: object): finding is Unnamed {
  return "kind" in finding && finding.kind === "unnamed";
}

/** The first place that applies declares the version, so that the other questions can be asked even where places disagree. */
function declaredVersion({ versions }: Sighting): Version | Unnamed {
  const first = versions.find(({ found }) => found.kind !== "not-applicable");
  if (first?.found.kind !== "value") {
    const code = first?.found.kind === "unreadable" ? "plan.version-unparseable" : "plan.version-source-missing";
    return unnamed("unsure", code, "this needs the version, which the first source does not tell");
  }
  const { text } = first.found;
  const unknown = unnamed(
    "unsure",
    "all.version-class-unknown",
    `expected a stable version or a pre-release, such as 1.2.0 or 1.2.0-rc.1, found ${text}`,
  );
  return parseVersion(text) ?? unknown;
}

function nameTag(
  { version: { "tag-pattern": pattern }, tag: asked }: Policy,
  { remote }: Sighting,
  version: Aim["version"],
): Aim["tag"] {
  if (isUnnamed(version)) return version;
  const name = tagOf(pattern, version.text);
  if (!isTagName(name))
    return unnamed("fail", "plan.target-invalid", `expected a name that git takes for a tag, found ${name}`);
  if (asked !== "" && asked !== name) {
    return unnamed(
      "fail",
      "plan.target-invalid",
      `expected ${name}, which version ${version.text} gives, found ${asked} in input tag`,
    );
  }
  return { kind: "tag", name, commit: remote.known ? remote.tags.get(name) : undefined };
}

function releasedOn(
  version: Version,
  { version: { "tag-pattern": pattern } }: Policy,
  { remote }: Sighting,
): ReleasedVersion[] {
  if (!remote.known) return [];
  const released = [...remote.tags].flatMap(([tag, commit]) => {
    const found = versionOfTag(pattern, tag);
    return found ? [{ ...found, tag, commit }] : [];
  });
  return released.filter((one) => version.class === "pre-release" || one.class !== "pre-release");
}

function findBase(
  policy: Policy,
  { remote }: Sighting,
  { version, released, line }: { version: Aim["version"]; released: ReleasedVersion[]; line: Aim["line"] },
): Aim["base"] {
  if (!remote.known)
    return unnamed("unsure", "plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`);
  if (policy.baseTag !== "") return namedBase(policy, remote.tags);
  if (isUnnamed(version)) return version;
  const lower = released.filter((one) => compareVersions(one, version) < 0);
  // The first version of a line begins at what went before it.
  const below = highest(lower.filter((one) => line && isOnLine(one, line))) ?? highest(lower);
  if (policy.version.base === "previous-tag" && below) return { kind: "base", at: below };
  if (policy.version["first-release"] && !below) return { kind: "first" };
  return unnamed("fail", "plan.base-not-found", baseMissing(policy, below));
}

function latestOf(version: Version, released: ReleasedVersion[], { remote }: Sighting): Aim["latest"] {
  const above = released.filter((one) => compareVersions(one, version) > 0);
  return {
    overall: remote.known && above.length === 0,
    major: remote.known && !above.some((one) => one.release[0] === version.release[0]),
  };
}

function namedBase({ version: { "tag-pattern": pattern }, baseTag }: Policy, tags: Map<string, string>): Aim["base"] {
  const version = versionOfTag(pattern, baseTag);
  if (!version)
    return unnamed("fail", "plan.base-invalid", `expected a tag of the pattern ${pattern}, found ${baseTag}`);
  const commit = tags.get(baseTag);
  if (commit === undefined)
    return unnamed("fail", "plan.base-absent-remote", `expected ${baseTag} on the remote, found no such tag`);
  return { kind: "base", at: { ...version, tag: baseTag, commit } };
}

function baseMissing({ version }: Policy, below: ReleasedVersion | undefined): string {
  if (!below) return "expected a tag of a lower version on the remote, or `first-release: true`, found neither";
  const claim = version["first-release"] ? "`first-release: true`" : "nothing";
  return `expected input base-tag, as the configuration says \`base: explicit\`, found ${claim}, and ${below.tag} on the remote`;
}

function unnamed(result: Unnamed["result"], code: Code, because: string): Unnamed {
  return { kind: "unnamed", result, code, because };
}

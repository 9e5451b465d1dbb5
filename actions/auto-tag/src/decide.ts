import type { TagPolicy } from "#src/contract/config/tag";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { NamedRelease, ReleaseIdentity } from "#src/domain/release";
import { isTagName, tagOf } from "#src/domain/tag-pattern";
import type { Check } from "#src/domain/verdict";
import type { NewTag, SeenTag } from "#src/ports/tags";

/** The release as the plan fixed it, with its tag decided. */
export type TaggedRelease = NamedRelease;

/** What is to be done about the tag. */
export type TagPlan =
  | { plan: "create"; wanted: NewTag }
  | { plan: "already"; seen: SeenTag }
  | { plan: "refuse"; seen: SeenTag };

/** Judges whether the gates let this commit be tagged: their collector's record is there, passed, and names the same commit. */
export function judgeGates(release: ReleaseIdentity, gates: EvidenceRecord | undefined): Check[] {
  const passed = { id: "gates-passed", title: "The gates have passed", required: true, evidence: [] };
  if (!gates) {
    const because = "expected the record of release-gates, found none";
    return [{ ...passed, result: "inconclusive", code: "all.evidence-missing", because }];
  }
  const { verdict } = gates;
  const { sha } = gates.release;
  const commit = { id: "gates-commit", title: "The gates judged this commit", required: true, evidence: [sha] };
  return [
    verdict.result === "pass"
      ? { ...passed, result: "pass", because: `${verdict["decided-by"].length} required checks passed` }
      : { ...passed, result: "fail", code: "tag.gates-not-passed", because: `expected pass, found ${verdict.result}` },
    sha === release.sha
      ? { ...commit, result: "pass", because: `both name ${sha}` }
      : {
          ...commit,
          result: "fail",
          code: "tag.gates-sha-mismatch",
          because: `expected ${release.sha} as planned, found ${sha}`,
        },
  ];
}

/** Judges whether the tag is a name that git takes, and the name of this version by the pattern. */
export function judgeName({ tag, version }: TaggedRelease, pattern: string): Check {
  const check = { id: "tag-name", title: "The tag is named after the version", required: true, evidence: [tag] };
  const wanted = tagOf(pattern, version);
  if (tag === wanted && isTagName(tag)) return { ...check, result: "pass", because: `${tag} follows ${pattern}` };
  const because =
    tag === wanted ? `expected a name that git takes, found ${tag}` : `expected ${wanted} by ${pattern}, found ${tag}`;
  return { ...check, result: "fail", code: "tag.name-invalid", because };
}

/** Fills the release's tag, version and commit into a text of the configuration. */
export function fillIn(text: string, { tag, version, sha }: TaggedRelease): string {
  const values = new Map([
    ["tag", tag],
    ["version", version],
    ["sha", sha],
  ]);
  return text.replace(/\{(tag|version|sha)\}/g, (_place, name: string) => values.get(name) ?? "");
}

/** Decides what to do about the tag: only an absent one is created, and one that names another commit is never touched. */
export function decideTag(release: TaggedRelease, policy: TagPolicy, seen: SeenTag | "absent"): TagPlan {
  if (seen !== "absent") return seen.commit === release.sha ? { plan: "already", seen } : { plan: "refuse", seen };
  return { plan: "create", wanted: wantedTag(release, policy) };
}

/** Composes the tag as the policy wants it. */
export function wantedTag(release: TaggedRelease, { kind, tagger, message }: TagPolicy): NewTag {
  return { kind, tag: release.tag, commit: release.sha, message: fillIn(message, release), tagger };
}

/** Judges a tag that was found, by the plan that follows from it. */
export function judgeTag({ tag, sha }: TaggedRelease, { plan, seen }: Exclude<TagPlan, { plan: "create" }>): Check {
  const check = {
    id: "tag",
    title: "Exactly one tag names this version, on the gated commit",
    required: true,
    evidence: [seen.object],
  };
  const kind = seen.annotated ? "annotated" : "lightweight";
  if (plan === "already") {
    return {
      ...check,
      result: "pass",
      because: `${tag} is there already, as a tag of kind ${kind}, on ${seen.commit}`,
    };
  }
  return {
    ...check,
    result: "fail",
    code: "tag.exists-other-commit",
    because: `expected ${tag} absent or on ${sha}, found it (${kind}) on ${seen.commit}`,
  };
}

import type { EvidenceRecord } from "#src/domain/evidence";
import type { ReleaseIdentity } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { NewTag, SeenTag, TagObject } from "#src/ports/tags";

/** The release as the plan fixed it, with its tag decided. */
export type TaggedRelease = ReleaseIdentity & { tag: string };

/** What is to be done about the tag. */
export type TagPlan =
  | { plan: "create"; wanted: NewTag }
  | { plan: "already"; seen: SeenTag }
  | { plan: "refuse"; seen: SeenTag };

/** The identity that the Actions service itself commits with. */
const tagger = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };

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

/** Decides what to do about the tag: only an absent one is created, and one that names another commit is never touched. */
export function decideTag(release: TaggedRelease, seen: SeenTag | "absent"): TagPlan {
  if (seen === "absent") {
    const { tag, sha } = release;
    return { plan: "create", wanted: { tag, commit: sha, message: `Release ${tag}`, tagger } };
  }
  return seen.commit === release.sha ? { plan: "already", seen } : { plan: "refuse", seen };
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

/** Judges what was read back against what was written: ref, object type, commit, name, message and tagger. */
export function judgeReadBack(
  { object, wanted }: { object: string; wanted: NewTag },
  ref: SeenTag | "absent",
  read: TagObject,
): Check {
  const found = ref === "absent" ? { object: "none", commit: "none" } : ref;
  const pairs: [what: string, wanted: string, found: string][] = [
    ["ref", object, found.object],
    ["commit behind the ref", wanted.commit, found.commit],
    ["name", wanted.tag, read.tag],
    ["type of the target", "commit", read.type],
    ["target", wanted.commit, read.commit],
    ["message", wanted.message, read.message.trimEnd()],
    ["tagger", `${wanted.tagger.name} <${wanted.tagger.email}>`, `${read.tagger.name} <${read.tagger.email}>`],
  ];
  const differing = pairs.filter(([, written, seen]) => written !== seen);
  const check = { id: "readback", title: "The tag reads back as it was written", required: true, evidence: [object] };
  if (differing.length === 0) return { ...check, result: "pass", because: `object ${object} on ${wanted.commit}` };
  return {
    ...check,
    result: "fail",
    code: "tag.readback-mismatch",
    because: differing.map(([what, written, seen]) => `expected ${what} ${written}, found ${seen}`).join("; "),
  };
}

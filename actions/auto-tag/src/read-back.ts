import type { Check } from "#src/domain/verdict";
import type { SignedTag } from "#src/ports/tag-signer";
import type { NewTag, SeenTag, TagObject } from "#src/ports/tags";

/** A tag as it stands on the remote: its ref, and its object unless it is lightweight. */
export interface StandingTag {
  ref: SeenTag | "absent";
  read: TagObject | undefined;
}

/** Judges what was read back against what was written: ref, object, commit, name, message and tagger. */
export function judgeReadBack({ object, wanted }: { object: string; wanted: NewTag }, standing: StandingTag): Check {
  const found = standing.ref === "absent" ? "none" : standing.ref.object;
  const differing = [...unlike("ref", object, found), ...differences(wanted, standing)];
  const check = { id: "readback", title: "The tag reads back as it was written", required: true, evidence: [object] };
  if (differing.length === 0) return { ...check, result: "pass", because: `object ${object} on ${wanted.commit}` };
  return { ...check, result: "fail", code: "tag.readback-mismatch", because: differing.join("; ") };
}

/** Judges a tag that was there already, where tags made otherwise than the configuration says do not count. */
export function judgeMaker(wanted: NewTag, standing: StandingTag): Check {
  const title = "The tag was written as the configuration says";
  const check = { id: "made-here", title, required: true, evidence: [wanted.tag] };
  const differing = differences(wanted, standing);
  if (differing.length === 0)
    return { ...check, result: "pass", because: "kind, message and tagger are the suite's own" };
  return { ...check, result: "fail", code: "tag.manual-refused", because: differing.join("; ") };
}

/** Judges the signature of a tag by what the verifier said under the policy. */
export function judgeSignature(tag: string, { signer, because }: Pick<SignedTag, "signer" | "because">): Check {
  const check = {
    id: "signature",
    title: "The tag is signed by someone of the policy",
    required: true,
    evidence: [tag],
  };
  if (signer !== null) return { ...check, result: "pass", because: `a good signature by ${signer}` };
  return {
    ...check,
    result: "fail",
    code: "tag.sign-failed",
    because: `expected a signature that holds, found: ${because}`,
  };
}

function differences(wanted: NewTag, { ref, read }: StandingTag): string[] {
  const found = ref === "absent" ? { commit: "none", annotated: false } : ref;
  const kind = (annotated: boolean) => (annotated ? "an object of its own" : "lightweight");
  return [
    ...unlike("commit behind the ref", wanted.commit, found.commit),
    ...unlike("kind", kind(wanted.kind !== "lightweight"), kind(found.annotated)),
    ...(wanted.kind === "lightweight" ? [] : objectDifferences(wanted, read)),
  ];
}

function objectDifferences(wanted: NewTag, read: TagObject | undefined): string[] {
  if (!read) return ["expected a tag object, found none"];
  const person = ({ name, email }: NewTag["tagger"]) => `${name} <${email}>`;
  return [
    ...unlike("name", wanted.tag, read.tag),
    ...unlike("type of the target", "commit", read.type),
    ...unlike("target", wanted.commit, read.commit),
    ...unlike("message", wanted.message, read.message.trimEnd()),
    ...unlike("tagger", person(wanted.tagger), person(read.tagger)),
  ];
}

function unlike(what: string, wanted: string, found: string): string[] {
  return wanted === found ? [] : [`expected ${what} ${wanted}, found ${found}`];
}

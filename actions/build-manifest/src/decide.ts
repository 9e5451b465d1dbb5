import { amount } from "#src/domain/amount";
import type { BuiltFile } from "#src/domain/build-manifest";
import { rivalAssets } from "#src/domain/built-files";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { CheckoutCommits, FoundFile } from "#src/ports/built-files";

/** A line of the input with the files that it matched. */
export interface Match {
  pattern: string;
  files: FoundFile[];
}

/** Judges what was built from: the checkout, the tag in it, and the tag's record must all name the released commit. */
export function judgeCommit(release: NamedRelease, at: CheckoutCommits, tag: EvidenceRecord | undefined): Check {
  const check = {
    id: "commit",
    title: "The build stands on the released commit",
    required: true,
    evidence: [at.head],
  };
  if (!tag) {
    return {
      ...check,
      result: "inconclusive",
      code: "all.evidence-missing",
      because: "expected the record of auto-tag, found none",
    };
  }
  if (tag.verdict.result !== "pass") {
    const because = `expected the record of auto-tag to say pass, found ${tag.verdict.result}`;
    return { ...check, result: "fail", code: "all.evidence-mismatch", because };
  }
  const recorded = tag.subjects.find(({ name }) => name === `refs/tags/${release.tag}`)?.digest.gitCommit;
  const pairs: [what: string, found: string | undefined][] = [
    ["the checkout", at.head],
    ["the tag as recorded", recorded ?? "none"],
    ["the tag in the checkout", at.tagged],
  ];
  const differing = pairs.filter(([, found]) => found !== undefined && found !== release.sha);
  if (differing.length === 0) return { ...check, result: "pass", because: `checkout and tag name ${release.sha}` };
  return {
    ...check,
    result: "fail",
    code: "build.sha-mismatch",
    because: differing.map(([what, found]) => `expected ${what} on ${release.sha}, found ${found}`).join("; "),
  };
}

/** Judges whether each line matched a file; one that matches nothing is a build that did not happen. */
export function judgeMatches(matches: Match[]): Check {
  const files = matches.flatMap((match) => match.files);
  const missing = matches.filter((match) => match.files.length === 0).map(({ pattern }) => pattern);
  const strange = files.filter(({ regular }) => !regular).map(({ path }) => path);
  const large = files.flatMap(({ path, unread }) => (unread === undefined ? [] : [`${path} with ${unread} bytes`]));
  const check = { id: "files", title: "Every file that was to be built is there", required: true, evidence: [] };
  if (files.length === 0) {
    const because = `expected files for ${missing.join(", ") || "at least one pattern"}, found none at all`;
    return { ...check, result: "fail", code: "publish.files-empty", because };
  }
  if (missing.length > 0) {
    const because = `expected files for ${missing.join(", ")}, found none`;
    return { ...check, result: "fail", code: "build.artifact-missing", because };
  }
  if (strange.length > 0) {
    const because = `expected regular files only, found ${strange.join(", ")}`;
    return { ...check, result: "fail", code: "build.artifact-unexpected", because };
  }
  if (large.length > 0) {
    const because = `expected files below 2 GiB, found ${large.join(", ")}`;
    return { ...check, result: "fail", code: "build.artifact-too-large", because };
  }
  return {
    ...check,
    result: "pass",
    because: `${amount(files.length, "file")} for ${amount(matches.length, "pattern")}`,
  };
}

/**
 * Judges whether a name stands for one content only, also where the files become assets of the release. `digests` holds the
 * distinct digests by name.
 */
export function judgeNames(digests: Map<string, Set<string>>, files: Pick<BuiltFile, "kind" | "name">[]): Check {
  const doubled = [...digests].filter(([, distinct]) => distinct.size > 1);
  const alike = rivalAssets(files);
  const check = { id: "names", title: "Each name stands for one content", required: true };
  if (doubled.length + alike.length === 0)
    return { ...check, result: "pass", because: `${digests.size} names`, evidence: [] };
  const because = [
    ...doubled.map(([name, distinct]) => `expected one content of ${name}, found ${distinct.size}`),
    ...alike.map((names) => `expected an asset name for each of ${names}, found one for all`),
  ].join("; ");
  const evidence = doubled.flatMap(([, distinct]) => [...distinct]);
  return { ...check, result: "fail", code: "build.artifact-duplicate", because, evidence };
}

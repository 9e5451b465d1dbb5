/** What a comment says: with which word it begins, its first line, and the reason in the others. */
export interface Words {
  verb: "approve" | "reject" | "other";
  first: string;
  reason: string;
}

/** Reads a comment's words. An approval is spelt exactly; a rejection in whatever case, form and marks a person may write it. */
export function readWords(body: string): Words {
  const [first = "", ...rest] = body.trim().split(/\r?\n/);
  const verb = /^\W*reject/i.test(first) ? "reject" : first.split(/\s+/)[0] === "approve" ? "approve" : "other";
  return { verb, first, reason: rest.join(" ").trim() };
}

/** Tells whether a line names the release: by its tag, or by the version that the tag ends with. */
export function namesRelease(line: string, tag: string): boolean {
  const words = line.split(/[^\w./+@-]+/).map((word) => word.replace(/[.]+$/, "").toLowerCase());
  return words.some((word) => word === tag.toLowerCase() || isVersionOf(word, tag.toLowerCase()));
}

function isVersionOf(word: string, tag: string): boolean {
  const before = tag.at(-word.length - 1) ?? "";
  return /^v?\d+\.\d/.test(word) && tag.endsWith(word) && !/[\d.]/.test(before);
}

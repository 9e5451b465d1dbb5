const later = "later";

/**
 * Names the leg of publish-verify that looks at a release again: one run may look at several, and artifacts take fewer
 * characters than tags.
 */
export function laterLeg(tag: string): string {
  return tag === "" ? later : `${later}-${encodeURIComponent(tag)}`;
}

/** Tells whether a leg of publish-verify is that of a later look. */
export function isLaterLeg(leg: string): boolean {
  return leg === later || leg.startsWith(`${later}-`);
}

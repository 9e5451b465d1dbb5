import type { BlockersPolicy } from "#src/contract/config/blockers";
import { digestOfBytes } from "#src/domain/digest";
import { fingerprintOf, type Marker, readOwnMarker } from "#src/domain/issue-marker";
import type { IssueComment, TrackedIssue } from "#src/ports/issues";
import type { Cause } from "./causes.ts";

/** The release that blockers speak of, by the name that is part of their titles, and the rules for its issues. */
export interface Target {
  name: string;
  policy: BlockersPolicy;
}

/** By which issues are told apart: `epic <fingerprint>`, `blocker <fingerprint>` or `draft <fingerprint>`. */
export type IssueKey = `${Marker["kind"]} ${string}`;

/** An issue of the suite with what its marker says. */
export interface OwnIssue {
  issue: TrackedIssue;
  marker: Marker;
}

/** What has to pass so that a blocker is over, as a digest. The target counts to the letter, the subject by its words. */
export function aboutOf({ name }: Target, subject: string): string {
  return fingerprintOf(digestOfBytes(name), subject);
}

/** GAT-42: the fingerprint of a blocker is made of target, gate with its subject, and reason code. */
export function blockerFingerprint({ name }: Target, { subject, code }: Cause): string {
  return fingerprintOf(digestOfBytes(name), subject, code);
}

/** The fingerprint of a target's epic. */
export function epicFingerprint({ name }: Target): string {
  return fingerprintOf(digestOfBytes(name));
}

/** The exact title of a target's epic. */
export function epicTitle({ name, policy }: Target): string {
  return policy["epic-title"].replaceAll("{tag}", name);
}

/** How the title of each blocker of a target begins. */
export function titlePrefix({ name }: Target): string {
  return `[release-blocker][${name}] `;
}

/** Reads the marker of an issue or comment that the account of the policy has written. */
export function ownMarker(text: TrackedIssue | IssueComment, { policy }: Target): Marker | undefined {
  return readOwnMarker(text, policy.author);
}

import type { NewTag, TagObject, TagWriting } from "#src/ports/tags";

/** Whether the signature of a tag holds under the policy, by whom, and what the tag itself says. */
export interface SignedTag {
  read: TagObject;
  /** Who signed, in the verifier's words; null where no signature holds. */
  signer: string | null;
  /** Why no signature holds; empty where one does. */
  because: string;
}

/** Signs tags with real git, and verifies them against the policy's signers. Throws `all.tool-missing`. */
export interface TagSigner {
  /** Complains about the key that was handed over, without using it; undefined where it can be used. */
  complaint(): Promise<string | undefined>;
  /** Signs a tag and pushes it plainly. It never replaces one. */
  create(tag: NewTag): Promise<TagWriting>;
  /** Fetches a tag anew, reads it and verifies its signature. Throws `tag.remote-unknown`. */
  inspect(tag: string): Promise<SignedTag>;
}

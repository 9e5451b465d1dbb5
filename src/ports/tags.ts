import type { Code } from "#src/domain/catalogue";

/** A tag as the remote serves it: the object that the ref names, and the commit behind it. */
export interface SeenTag {
  object: string;
  commit: string;
  annotated: boolean;
}

/** A tag that is to be written. A lightweight one has neither message nor tagger on the remote. */
export interface NewTag {
  kind: "annotated" | "lightweight" | "signed";
  tag: string;
  commit: string;
  message: string;
  tagger: { name: string; email: string };
}

/** The object of an annotated tag as it reads back. */
export interface TagObject {
  tag: string;
  type: string;
  commit: string;
  /** The message without a signature. */
  message: string;
  tagger: { name: string; email: string };
  /** When it was made (ISO 8601), in the tagger's own offset where the source tells it. */
  date: string;
}

/** Why a write was refused. */
export type RefusalCode = Extract<
  Code,
  | "tag.create-failed"
  | "tag.rule-forbids"
  | "tag.name-burnt"
  | "tag.permission-missing"
  | "tag.sign-failed"
  | "all.auth-unhealthy"
  | "all.rate-limited"
>;

/** What became of a write: `exists` and `unclear` oblige the writer to look again. */
export type TagWriting =
  | { outcome: "created"; object: string }
  | { outcome: "exists" }
  | { outcome: "unclear"; because: string }
  | { outcome: "refused"; code: RefusalCode; because: string };

/** The tags of the remote repository. */
export interface Tags {
  /** Asks the remote for one tag. Throws `tag.remote-unknown`: a question that failed is never an absence. */
  find(tag: string): Promise<SeenTag | "absent">;
  /** Writes a tag that is not signed, in two API requests at most. It never replaces one. */
  create(tag: NewTag): Promise<TagWriting>;
  /** Reads a tag's object, in two API requests at most. Throws `tag.remote-unknown`. */
  read(object: string): Promise<TagObject>;
  /** Tells whether a GitHub release of the tag is public, in one API request. Throws `tag.remote-unknown`. */
  released(tag: string): Promise<boolean>;
}

import type { DraftCommit } from "#src/domain/changelog/draft";

/** What the changelog is held against. */
export interface ChangelogSetting {
  now: Date;
  /** When the version's tag was made, where the checkout holds the one that is on the released commit. */
  tagDate: string | undefined;
  /** The changelog at the base; undefined where there is no base, or none in it. */
  before: string | undefined;
  /** Files that may be meant where the changelog is not under its name. */
  alike: string[];
  /** Commits to draft a section from; undefined where the version has one, or the commits are not known. */
  commits: DraftCommit[] | undefined;
}

import type { Code } from "#src/domain/catalogue";
import type { SectionRules } from "#src/domain/changelog/rules";

/** What a finding is about; each is one question to the changelog. */
export type Concern =
  | "finalized"
  | "section"
  | "heading"
  | "versions"
  | "subsections"
  | "entries"
  | "links"
  | "link-targets";

/** One thing that is wrong, with its line in the file (0 where it has none). An advisory one never decides. */
export interface ChangelogFinding {
  concern: Concern;
  code: Code;
  line: number;
  because: string;
  advisory?: true;
}

/** What a changelog is read for. `issuesUrl` ends in a slash; the number of an issue is appended to it. */
export interface ChangelogQuestion {
  version: string;
  rules: SectionRules;
  issuesUrl: string;
}

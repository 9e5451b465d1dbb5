/** What a well-formed section of a format looks like. */
export interface SectionRules {
  /** Heading of a released version; `{version}` and `{date}` stand for what they say. */
  heading: string;
  /** Titles that its subsections may have. */
  sections: readonly string[];
  /** Whether the subsections stand in the order in which they are listed. */
  order: "listed" | "free";
  /** Whether every entry carries a link to its issue. */
  links: "required" | "optional";
  /** Whether an empty section for what comes next may stand on top, must, or must not. */
  unreleased: "required" | "allowed" | "refused";
  /** Whether an entry may stand before the first subsection. */
  "loose-entries": "allowed" | "refused";
  /** Which subsection the draft puts a class of commits into; a class that is not named is left out. */
  draft: Readonly<Record<string, string>>;
}

/** The formats that come with the suite. */
export const changelogFormats = {
  "keep-a-changelog": {
    heading: "[{version}] - {date}",
    sections: ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"],
    order: "free",
    links: "optional",
    unreleased: "allowed",
    "loose-entries": "allowed",
    draft: {
      breaking: "Changed",
      feat: "Added",
      perf: "Changed",
      refactor: "Changed",
      revert: "Changed",
      other: "Changed",
      fix: "Fixed",
    },
  },
  "dated-sections": {
    heading: "v{version} ({date})",
    sections: ["fixes", "changes", "breaking", "docs", "tests"],
    order: "listed",
    links: "required",
    unreleased: "refused",
    "loose-entries": "refused",
    draft: {
      breaking: "breaking",
      feat: "changes",
      perf: "changes",
      refactor: "changes",
      revert: "changes",
      other: "changes",
      fix: "fixes",
      docs: "docs",
      test: "tests",
    },
  },
} as const satisfies Record<string, SectionRules>;

/** Name of a format. */
export type ChangelogFormat = keyof typeof changelogFormats;

/** Names of the formats. */
export const formatNames = ["keep-a-changelog", "dated-sections"] as const satisfies readonly ChangelogFormat[];

/** What a project sets apart from its format's rules. */
export type RuleChanges = { [Rule in keyof SectionRules]?: SectionRules[Rule] | undefined };

/** Names the rules that hold: those of the format, but for what is set apart. */
export function rulesOf(format: ChangelogFormat, changes: RuleChanges): SectionRules {
  const rules: SectionRules = changelogFormats[format];
  return {
    heading: changes.heading ?? rules.heading,
    sections: changes.sections ?? rules.sections,
    order: changes.order ?? rules.order,
    links: changes.links ?? rules.links,
    unreleased: changes.unreleased ?? rules.unreleased,
    "loose-entries": changes["loose-entries"] ?? rules["loose-entries"],
    draft: changes.draft ?? rules.draft,
  };
}

const token = "\\d[^\\]\\s()]*";
const day = "\\d{4}-\\d{2}-\\d{2}";

/** What a heading says. `wellFormed` is whether its form is the one that the rules ask for; the date is as written. */
export interface ReadHeading {
  version: string | undefined;
  date: string | undefined;
  wellFormed: boolean;
}

/** Reads a heading against the form that the rules ask for. A version may be a link where the form has it in brackets. */
export function readHeading(heading: string, form: string): ReadHeading {
  const exact = new RegExp(`^${patternOf(form)}$`).exec(heading)?.groups;
  if (exact) return { version: exact.version, date: exact.date, wellFormed: true };
  const [prefix = ""] = form.split("{version}");
  const rest = (heading.startsWith(prefix) ? heading.slice(prefix.length) : heading).replace(/^\[?v?/, "");
  return {
    version: new RegExp(`^${token}`).exec(rest)?.[0],
    date: new RegExp(day).exec(heading)?.[0],
    wellFormed: false,
  };
}

/** Writes the heading of a version. */
export function writeHeading(form: string, version: string, date: string): string {
  return form.split("{version}").join(version).split("{date}").join(date);
}

/** Tells whether a heading is the one of changes that are not released. */
export function isUnreleased(heading: string): boolean {
  return /^\[?unreleased\b/i.test(heading);
}

/** Tells whether a heading stands for a version or a day that nobody has filled in. */
export function isPlaceholder(heading: string): boolean {
  return /\bX\.Y\.Z\b|\bYYYY(-MM-DD)?\b|\b(?:TBD|TBA|TODO)\b|\{(?:version|date)\}|\bx\.x\b|^\[?v?next\]?$|\?\?/i.test(
    heading,
  );
}

function patternOf(form: string): string {
  return form
    .split(/(\[\{version\}\]|\{version\}|\{date\})/)
    .map((part) => {
      if (part === "[{version}]") return `\\[(?<version>${token})\\](?:\\([^()\\s]+\\))?`;
      if (part === "{version}") return `(?<version>${token})`;
      return part === "{date}" ? `(?<date>${day})` : part.replace(/[^0-9A-Za-z ]/g, "\\$&");
    })
    .join("");
}

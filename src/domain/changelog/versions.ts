import type { ChangelogFinding, ChangelogQuestion } from "#src/domain/changelog/finding";
import type { ChangelogSection } from "#src/domain/changelog/read";
import { readHeading } from "#src/domain/changelog/rules";
import { parseVersion } from "#src/domain/version";
import { compareVersions } from "#src/domain/version-order";

interface Placed {
  text: string;
  line: number;
}

/**
 * Judges where a version's section stands: on top, and above none that is higher. Disorder among older sections is
 * reported only, for history is not to be edited.
 */
export function judgeVersions(
  sections: ChangelogSection[],
  own: ChangelogSection,
  { version, rules }: ChangelogQuestion,
): ChangelogFinding[] {
  const placed = sections.flatMap(({ heading, line }): Placed[] => {
    const text = readHeading(heading, rules.heading).version;
    return text === undefined ? [] : [{ text, line }];
  });
  const below = placed.filter(({ line }) => line > own.line);
  return [...judgeTop(version, placed), ...judgeBelow(version, below), ...judgeOlder(below)];
}

function judgeTop(version: string, [top]: Placed[]): ChangelogFinding[] {
  if (!top || top.text === version) return [];
  const because = `expected ${version} as the newest section, found ${top.text} above it (line ${top.line})`;
  return [{ concern: "versions", code: "plan.changelog-version-mismatch", line: top.line, because }];
}

function judgeBelow(version: string, below: Placed[]): ChangelogFinding[] {
  return below
    .filter(({ text }) => isAbove(text, version))
    .map(({ text, line }) => ({
      concern: "versions",
      code: "plan.changelog-order",
      line,
      because: `expected lower versions below ${version}, found ${text} (line ${line})`,
    }));
}

function judgeOlder(below: Placed[]): ChangelogFinding[] {
  return below.flatMap(({ text, line }, index): ChangelogFinding[] => {
    const next = below[index + 1];
    if (!next || (next.text !== text && !isAbove(next.text, text))) return [];
    const because = `expected a lower version below ${text} (line ${line}), found ${next.text} (line ${next.line})`;
    return [{ concern: "versions", code: "plan.changelog-order", line: next.line, because, advisory: true }];
  });
}

/** Tells whether a text names a version above the other. What is no version is above nothing. */
export function isAbove(text: string, other: string): boolean {
  const [left, right] = [parseVersion(text), parseVersion(other)];
  return left !== undefined && right !== undefined && compareVersions(left, right) > 0;
}

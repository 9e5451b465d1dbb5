import { type Changelog, readChangelog } from "#src/domain/changelog/read";
import { isUnreleased, readHeading } from "#src/domain/changelog/rules";
import { isAbove } from "#src/domain/changelog/versions";

/** A section of an earlier version that is not what it was. */
export interface EditedSection {
  version: string;
  change: "edited" | "removed";
  /** Line now where it was edited, and line before where it was removed. */
  line: number;
}

/**
 * Compares the sections of the versions up to the base with what they were there. Added ones are fine; line ends, blank
 * lines at the end and link definitions, which lead to later versions, do not count.
 */
export function findEdits(texts: { before: string; now: string }, base: string, form: string): EditedSection[] {
  const [before, now] = [readChangelog(texts.before), readChangelog(texts.now)];
  const kept = byVersion(now, form);
  return [...byVersion(before, form)].flatMap(([version, sections]): EditedSection[] => {
    if (isAbove(version, base)) return [];
    const same = kept.get(version) ?? [];
    const lost = sections.filter(({ raw }) => !same.some((one) => one.raw === raw));
    const [first] = lost;
    if (!first) return [];
    const [current] = same;
    return [
      current ? { version, change: "edited", line: current.line } : { version, change: "removed", line: first.line },
    ];
  });
}

function byVersion({ sections }: Changelog, form: string): Map<string, Changelog["sections"]> {
  const found = new Map<string, Changelog["sections"]>();
  for (const section of sections) {
    const { version } = readHeading(section.heading, form);
    if (version === undefined || isUnreleased(section.heading)) continue;
    found.set(version, [...(found.get(version) ?? []), section]);
  }
  return found;
}

import type { DraftCommit } from "#src/domain/changelog/draft";
import { issuesAnswered } from "#src/domain/changelog/issues";
import { readChangelog } from "#src/domain/changelog/read";
import { readHeading, rulesOf } from "#src/domain/changelog/rules";
import { readCommit } from "#src/domain/conventional-commit";
import type { Clock } from "#src/ports/clock";
import type { Commit, GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { TagDates } from "#src/ports/tag-dates";
import { type Aim, isUnnamed } from "./aim.ts";
import type { ChangelogSetting } from "./changelog-facts.ts";
import type { Policy, Sighting } from "./facts.ts";
import { dateOfTag } from "./tag-date.ts";

/** What the setting is asked of. */
export interface SettingPorts {
  local: GitHistory & ProjectFiles;
  tagDates: TagDates;
  clock: Clock;
}

const draftLimit = 1_000;

/** Gathers what the changelog is held against. Commits are read only where a section is missing. */
export async function changelogSetting(
  { changelog, home }: Policy,
  seen: { aim: Aim; sighting: Sighting; baseReachable: boolean | undefined },
  { local, tagDates, clock }: SettingPorts,
): Promise<ChangelogSetting> {
  const { aim, sighting } = seen;
  const { head } = sighting.checkout;
  const base = seen.baseReachable && aim.base.kind === "base" ? aim.base.at.commit : undefined;
  const unwritten = changelog.format !== "none" && lacksSection(changelog, sighting, aim);
  const known = seen.baseReachable === true && !sighting.checkout.shallow;
  return {
    now: clock.now(),
    tagDate:
      isUnnamed(aim.tag) || aim.tag.commit !== head
        ? undefined
        : await dateOfTag({ ...aim.tag, commit: head }, tagDates),
    before: base === undefined || changelog.format === "none" ? undefined : await local.read(changelog.file, base),
    alike: unwritten && sighting.changelog === undefined ? alike(changelog.file, await local.list(head)) : [],
    commits:
      unwritten && known ? await draftCommits(local.commitsSince(base ?? null, head), home.repository) : undefined,
  };
}

function lacksSection(changelog: Policy["changelog"], { changelog: text = "" }: Sighting, { version }: Aim): boolean {
  if (changelog.format === "none" || isUnnamed(version)) return false;
  const { heading } = rulesOf(changelog.format, changelog);
  return !readChangelog(text).sections.some((one) => readHeading(one.heading, heading).version === version.text);
}

const usualNames = /^(?:changelog|changes|history|news|releases)(?:\.(?:md|markdown|txt|rst))?$/i;

function alike(file: string, paths: string[]): string[] {
  const wanted = file.toLowerCase();
  return paths.filter((path) => path.toLowerCase() === wanted || usualNames.test(path)).slice(0, 5);
}

async function draftCommits(commits: AsyncIterable<Commit>, repository: string): Promise<DraftCommit[]> {
  const drafted: DraftCommit[] = [];
  for await (const { sha, parents, message } of commits) {
    const [subject = ""] = message.split("\n", 1);
    const reading = readCommit(message, parents.length, repository);
    drafted.push({ sha, parents, subject, ...reading, issues: issuesAnswered(message) });
    if (drafted.length >= draftLimit) break;
  }
  return drafted;
}

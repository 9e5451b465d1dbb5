import type { Config } from "#src/contract/config/schema";
import type { Code } from "#src/domain/catalogue";
import { toFailure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import type { PackageChannel } from "#src/ports/package-channel";
import type { Tags } from "#src/ports/tags";
import { codeBlock, escapeMarkdown } from "#src/report/markdown";
import type { TaggedRelease } from "./decide.ts";

/** Instructions for a person, with the finding that they are allowed or not. The suite never carries them out. */
export interface Recovery {
  checks: Check[];
  summary: string;
}

/** Where the version could be public already. */
export interface PublicPlaces {
  tags: Tags;
  registry: PackageChannel;
}

const recoverable: (Code | undefined)[] = [
  "tag.exists-other-commit",
  "tag.readback-mismatch",
  "tag.sign-failed",
  "tag.manual-refused",
];

/** Tells whether checks say that a tag stands on the remote which should not. */
export function needsRecovery(checks: Check[]): boolean {
  return checks.some(({ result, code }) => result === "fail" && recoverable.includes(code));
}

/** Prints how a person removes a tag that nobody can have used. A place that is public, or cannot be asked, forbids it. */
export async function recoveryFor(
  release: TaggedRelease,
  object: string,
  { config, places }: { config: Config; places: PublicPlaces },
): Promise<Recovery> {
  const open = await publicPlaces(release, config, places);
  const title = "A failed tag may be removed by hand, as nothing is public";
  const check = { id: "recovery", title, required: false, evidence: [release.tag] };
  const heading = "### How to recover";
  if (open.length > 0) {
    const because = `expected the version nowhere, found: ${open.join("; ")}`;
    const advice = `${escapeMarkdown(because)}. The tag stays as it is; release the next patch version.`;
    return {
      checks: [{ ...check, result: "fail", code: "tag.recover-refused-published", because }],
      summary: `${heading}\n\n${advice}`,
    };
  }
  const because = "no channel and no GitHub release has the version";
  const text = `As ${because}, a person with the right to do so may remove the tag on both sides, and rerun:`;
  const ref = `refs/tags/${release.tag}`;
  const commands = `git push --force-with-lease=${ref}:${object} origin :${ref}\ngit tag --delete ${release.tag}`;
  return {
    checks: [{ ...check, result: "pass", because }],
    summary: `${heading}\n\n${text}\n\n${codeBlock(commands, "sh")}`,
  };
}

async function publicPlaces(release: TaggedRelease, config: Config, places: PublicPlaces): Promise<string[]> {
  const channels = config.channels.map((channel) => askChannel(channel, release, places.registry));
  const answers = await Promise.all([askGitHub(release.tag, places.tags), ...channels]);
  return answers.flat();
}

async function askGitHub(tag: string, tags: Tags): Promise<string[]> {
  try {
    return (await tags.released(tag)) ? [`a public GitHub release of ${tag}`] : [];
  } catch (thrown) {
    return [`no answer about a GitHub release (${toFailure(thrown).message})`];
  }
}

async function askChannel(
  channel: Config["channels"][number],
  { version }: TaggedRelease,
  registry: PackageChannel,
): Promise<string[]> {
  const { id, kind }: { id: string; kind: string } = channel;
  if (kind === "git-tag") return [`the tag itself, which is the channel ${id}`];
  if (channel.kind !== "npm") return [`the channel ${id}, which is not asked here`];
  try {
    const { seen } = (await registry.look({ name: channel.package, version, files: [] })).version;
    return seen === "absent" ? [] : [`${version} on the channel ${id} (${seen})`];
  } catch (thrown) {
    return [`no answer from the channel ${id} (${toFailure(thrown).message})`];
  }
}

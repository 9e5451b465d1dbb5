import type { BuiltFile } from "#src/domain/build-manifest";
import { question } from "#src/domain/question";
import { platformsOf } from "#src/domain/targets";
import type { Check } from "#src/domain/verdict";
import type { ProvenanceFacts } from "./facts.ts";

/** The platforms of a channel: what its users were promised, and the SHA-256 of what was built for each. */
export interface ChannelPlatforms {
  channel: string;
  official: string[];
  preview: string[];
  built: Record<string, string[]>;
}

/** Which kinds of files bring a platform to the users of a channel; a channel that is not named here takes any. */
const kindsByChannel: Partial<Record<string, readonly BuiltFile["kind"][]>> = {
  npm: ["npm"],
  "git-tag": ["git-tree"],
  pypi: ["wheel"],
  cargo: ["crate"],
  go: ["go-module"],
  oci: ["image"],
  homebrew: ["archive", "file"],
};

/** Lists the platforms of every channel that a target names, with what was built for them. */
export function listPlatforms({ targets, channels, builds }: ProvenanceFacts): ChannelPlatforms[] {
  const offered = targets?.targets.flatMap(({ offers }) => offers.map(({ channel }) => channel)) ?? [];
  const files = builds.flatMap(({ manifest }) => manifest.files);
  return [...new Set(offered)].toSorted().map((channel) => {
    const { official, preview } = targets ? platformsOf(targets, channel) : { official: [], preview: [] };
    const kinds = kindsByChannel[channels.find(({ id }) => id === channel)?.kind ?? ""];
    const fitting = files.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
    const digestsOf = (platform: string) =>
      fitting.filter((file) => file.platform === platform).map(({ sha256 }) => sha256);
    const built = [...official, ...preview].map((platform) => [platform, digestsOf(platform)]);
    return { channel, official, preview, built: Object.fromEntries(built) };
  });
}

/** Judges whether a channel's platforms were built: without an official one nothing is published, a preview is only reported. */
export function judgePlatforms(facts: ProvenanceFacts): Check[] {
  return listPlatforms(facts).flatMap((listed) => {
    const { channel, official, preview } = listed;
    const required = facts.channels.find(({ id }) => id === channel)?.required ?? true;
    return [
      ...judgeSupport(listed, official, { id: `platforms:${channel}`, called: "official", required }),
      ...judgeSupport(listed, preview, { id: `previews:${channel}`, called: "preview", required: false }),
    ];
  });
}

function judgeSupport(
  { channel, built }: ChannelPlatforms,
  platforms: string[],
  { id, called, required }: { id: string; called: string; required: boolean },
): Check[] {
  if (platforms.length === 0) return [];
  const ask = question(id, `Every ${called} platform of ${channel} is built`, required);
  const missing = platforms.filter((platform) => (built[platform] ?? []).length === 0);
  if (missing.length === 0) return [ask.pass(platforms.join(", "))];
  const because = `expected files for ${platforms.join(", ")}, found none for ${missing.join(", ")}`;
  return [ask.fail("publish.platform-missing", because)];
}

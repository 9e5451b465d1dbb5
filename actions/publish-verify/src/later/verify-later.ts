import type { ChannelPolicy } from "#src/contract/config/channels";
import { canonicalJson } from "#src/domain/digest";
import { laterLeg } from "#src/domain/later-leg";
import type { StageReport } from "#src/domain/report";
import type { WhichRelease } from "#src/ports/verified-releases";
import { configAttachment, type StageContext } from "#src/stage-context";
import { judgeChannels } from "../live/finding.ts";
import { filesFor } from "../live/package-kinds.ts";
import { channelReport, type LivePorts, watchChannels } from "../live/watch-channels.ts";
import { type EvidencePlaces, findEvidence } from "./find-evidence.ts";
import { readEvidence, type Verified } from "./read-evidence.ts";

/** Where the evidence is, and where the channels are asked. */
export type LaterPorts = LivePorts & EvidencePlaces;

/** The channel for the assets of a GitHub release that the verdict has written. */
const assets: Extract<ChannelPolicy, { kind: "github-release" }> = {
  id: "github-release",
  kind: "github-release",
  required: true,
  files: ["**"],
  deadline: "2m",
};

/**
 * Looks again at every channel of a release that was verified once: what users get now is what was built then. Its record
 * carries the configuration, so that the filing run can open and close blockers of that release, under a leg of its own, so that
 * several releases can be looked at in one run.
 */
export async function verifyLater(tag: string, context: StageContext, ports: LaterPorts): Promise<StageReport> {
  const { repository, mode } = context.expected;
  const verified = readEvidence(await findEvidence(whichRelease(tag), context.expected, ports), repository);
  // A published version is judged as one, whatever this run may write.
  const release = { ...verified.release, mode: "live" as const };
  const channels = channelsOf(verified);
  const { files: built, targets } = verified;
  const watched = await watchChannels(channels, { release, built, targets }, ports);
  const checks = [judgeChannels(channels), ...watched.flatMap(({ finding }) => finding.checks)];
  const report = channelReport(checks, release, watched);
  return {
    ...report,
    leg: laterLeg(release.tag),
    release: { ...verified.release, mode },
    policy: verified.policy,
    attachments: [...(report.attachments ?? []), { name: configAttachment, content: canonicalJson(verified.config) }],
    next: checks.every(({ result }) => result === "pass")
      ? "Nothing: users still get what was built."
      : "Treat it as an incident: find out who changed what users get. Release the next version; never upload again.",
  };
}

/** No tag of git holds a tilde, so a tag is never taken for a place in the list. */
function whichRelease(tag: string): WhichRelease {
  const [counted, before = "0"] = /^(?:newest(?:~([0-9]{1,3}))?)?$/.exec(tag) ?? [];
  return counted === undefined ? { tag } : { before: Number(before) };
}

function channelsOf({ config, files }: Verified): ChannelPolicy[] {
  const written = config.report["github-release"] && filesFor(assets, files).length > 0;
  return written ? [...config.channels, assets] : config.channels;
}

import type { ChannelPolicy } from "#src/contract/config/channels";
import { canonicalJson } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import type { VerifiedReleases } from "#src/ports/verified-releases";
import { configAttachment, type StageContext } from "#src/stage-context";
import { judgeChannels } from "../live/finding.ts";
import { filesFor } from "../live/package-kinds.ts";
import { channelReport, type LivePorts, watchChannels } from "../live/watch-channels.ts";
import { readEvidence, type Verified } from "./read-evidence.ts";

/** Where the evidence is, and where the channels are asked. */
export type LaterPorts = LivePorts & { verified: VerifiedReleases };

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
 * carries the configuration, so that the filing run can open and close blockers of that release.
 */
export async function verifyLater(tag: string, context: StageContext, ports: LaterPorts): Promise<StageReport> {
  const { repository, mode } = context.expected;
  const verified = await readEvidence(tag, repository, ports.verified);
  // A published version is judged as one, whatever this run may write.
  const release = { ...verified.release, mode: "live" as const };
  const channels = channelsOf(verified);
  const watched = await watchChannels(channels, { release, built: verified.files, targets: undefined }, ports);
  const checks = [judgeChannels(channels), ...watched.flatMap(({ finding }) => finding.checks)];
  const report = channelReport(checks, release, watched);
  return {
    ...report,
    release: { ...verified.release, mode },
    policy: verified.policy,
    attachments: [...(report.attachments ?? []), { name: configAttachment, content: canonicalJson(verified.config) }],
    next: checks.every(({ result }) => result === "pass")
      ? "Nothing: users still get what was built."
      : "Treat it as an incident: find out who changed what users get. Release the next version; never upload again.",
  };
}

function channelsOf({ config, files }: Verified): ChannelPolicy[] {
  const written = config.report["github-release"] && filesFor(assets, files).length > 0;
  return written ? [...config.channels, assets] : config.channels;
}

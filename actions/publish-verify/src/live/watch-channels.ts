import type { ChannelPolicy } from "#src/contract/config/channels";
import { milliseconds } from "#src/contract/config/fields";
import { canonicalJson } from "#src/domain/digest";
import type { NamedRelease } from "#src/domain/release";
import type { Attachment, StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import { type ChannelPorts, lookAt, type Verification } from "./channels.ts";
import { channelTable, incidentText } from "./incident.ts";
import { type ChannelResult, sortByLiveness } from "./judge-partial.ts";
import { type Watched, waitForChannel } from "./wait-for-channel.ts";

/** Where the channels are asked, and by which clock. */
export type LivePorts = ChannelPorts & { clock: Clock };

type WatchedChannel = Watched & ChannelResult;

/** Name of the attachment with every look at every channel. */
const attachment = "channels.json";

/** Name of the attachment with the text of the one blocker for a version that is published in part. */
const incidentAttachment = "incident.md";

/** Watches the channels side by side, each with its own deadline: a slow one takes nothing from the others. */
export function watchChannels(
  channels: ChannelPolicy[],
  { release, built, targets, carried }: Omit<Verification, "channel">,
  ports: LivePorts,
): Promise<WatchedChannel[]> {
  const watching = channels.map(async (channel) => {
    const patience = release.mode === "rehearsal" ? 0 : milliseconds(channel.deadline);
    const look = () => lookAt({ channel, release, built, targets, carried }, ports);
    return { channel, ...(await waitForChannel(look, patience, ports.clock)) };
  });
  return Promise.all(watching);
}

/** Reports what the last looks found, with every look before them. */
export function channelReport(checks: Check[], release: NamedRelease, watched: WatchedChannel[]): StageReport {
  const passed = conclude(checks).result === "pass";
  const { live, missing } = sortByLiveness(watched);
  const rows = watched.map(({ channel, finding, observations }) => ({
    id: channel.id,
    standing: finding.standing,
    observations,
  }));
  const partial = checks.some(({ code }) => code === "publish.partial");
  const incident: Attachment[] = partial ? [{ name: incidentAttachment, content: incidentText(release, watched) }] : [];
  const planned = missing.filter(({ finding }) => isPlanned(finding));
  return {
    checks,
    subjects: watched.flatMap(({ finding }) => finding.subjects ?? []),
    attachments: [
      { name: attachment, content: canonicalJson({ schema: "seaworthy-channels/1", channels: rows }) },
      ...incident,
    ],
    outputs: { live: idLines(live), planned: idLines(planned) },
    ...(partial ? { summary: channelTable(watched) } : {}),
    next: nextOf(passed, partial),
  };
}

function nextOf(passed: boolean, partial: boolean): string {
  if (passed) return "Try the product as a user would.";
  return partial
    ? "Treat it as an incident, with incident.md as the text of its blocker: complete the channels that are not live, and upload nothing again."
    : "See each channel's observations in channels.json.";
}

function isPlanned({ standing, checks }: ChannelResult["finding"]): boolean {
  return standing === "planned" && checks.every(({ result }) => result === "pass");
}

function idLines(results: ChannelResult[]): string {
  return results.map(({ channel }) => channel.id).join("\n");
}

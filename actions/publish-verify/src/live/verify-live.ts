import { milliseconds } from "#src/contract/config/fields";
import type { BuiltFile } from "#src/domain/build-manifest";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import type { NamedRelease } from "#src/domain/release";
import type { Attachment, StageReport } from "#src/domain/report";
import type { TargetManifest } from "#src/domain/target-manifest";
import { targetsOf } from "#src/domain/targets";
import { type Check, conclude } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import { requirePlan, type StageContext } from "#src/stage-context";
import { judgeTagRecord } from "../judge-tag-record.ts";
import { type ChannelPorts, lookAt } from "./channels.ts";
import { judgeChannels } from "./finding.ts";
import { channelTable, incidentText } from "./incident.ts";
import { judgeOrder } from "./judge-order.ts";
import { type ChannelResult, judgePartial, sortByLiveness } from "./judge-partial.ts";
import { type Watched, waitForChannel } from "./wait-for-channel.ts";

/** Where the channels are asked, and by which clock. */
export type LivePorts = ChannelPorts & { clock: Clock };

type WatchedChannel = Watched & ChannelResult;

/** Name of the attachment with every look at every channel. */
const attachment = "channels.json";

/** Name of the attachment with the text of the one blocker for a version that is published in part. */
const incidentAttachment = "incident.md";

/** Compares what users get with what was built, channel by channel. Throws `all.evidence-missing` and `all.tool-missing`. */
export async function verifyLive(context: StageContext, ports: LivePorts): Promise<StageReport> {
  const { plan, release, config } = requirePlan(context);
  const { channels } = config;
  const tag = judgeTagRecord(context);
  const built = requireBuiltFiles(context.ledger, release);
  const watched = await watchAll(
    tag.result === "pass" ? channels : [],
    { release, built, targets: targetsOf(plan) },
    ports,
  );
  const partial = judgePartial(release, watched);
  const order = judgeOrder(context.ledger, channels);
  const checks = [
    tag,
    judgeChannels(channels),
    ...order,
    ...partial,
    ...watched.flatMap(({ finding }) => finding.checks),
  ];
  return reportOf(checks, release, watched);
}

/** Watches the channels side by side, each with its own deadline: a slow one takes nothing from the others. */
function watchAll(
  channels: WatchedChannel["channel"][],
  { release, built, targets }: { release: NamedRelease; built: BuiltFile[]; targets: TargetManifest | undefined },
  ports: LivePorts,
): Promise<WatchedChannel[]> {
  const watching = channels.map(async (channel) => {
    const patience = release.mode === "rehearsal" ? 0 : milliseconds(channel.deadline);
    const look = () => lookAt({ channel, release, built, targets }, ports);
    return { channel, ...(await waitForChannel(look, patience, ports.clock)) };
  });
  return Promise.all(watching);
}

function reportOf(checks: Check[], release: NamedRelease, watched: WatchedChannel[]): StageReport {
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

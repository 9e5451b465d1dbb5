import type * as z from "zod";
import { milliseconds } from "#src/contract/config/fields";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import { recordOf } from "#src/domain/ledger";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import { requirePlan, type StageContext } from "#src/stage-context";
import { type ChannelPorts, lookAt } from "./channels.ts";
import type { contract } from "./contract.ts";
import { channelsThat, judgeChannels } from "./finding.ts";
import { type Watched, waitForChannel } from "./wait-for-channel.ts";

/** Where the channels are asked, and by which clock. */
export type VerifyPorts = ChannelPorts & { clock: Clock };

/** Name of the attachment with every look at every channel. */
const attachment = "channels.json";

/** Compares what users get with what was built, channel by channel. Throws `all.evidence-missing` and `all.tool-missing`. */
export async function publishVerify(
  _given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: VerifyPorts,
): Promise<StageReport> {
  const { release, config } = requirePlan(context);
  const { channels } = config;
  const tag = judgeTagRecord(context);
  const built = requireBuiltFiles(context.ledger, release);
  const watched = new Map<string, Watched>();
  for (const channel of tag.result === "pass" ? channels : []) {
    const patience = release.mode === "rehearsal" ? 0 : milliseconds(channel.deadline);
    const look = () => lookAt({ channel, release, built }, ports);
    watched.set(channel.id, await waitForChannel(look, patience, ports.clock));
  }
  const checks = [tag, judgeChannels(channels), ...[...watched.values()].flatMap(({ finding }) => finding.checks)];
  return reportOf(checks, watched);
}

function reportOf(checks: Check[], watched: Map<string, Watched>): StageReport {
  const passed = conclude(checks).result === "pass";
  const findings = new Map([...watched].map(([id, { finding }]) => [id, finding]));
  const rows = [...watched].map(([id, { finding, observations }]) => ({
    id,
    standing: finding.standing,
    observations,
  }));
  return {
    checks,
    subjects: [...findings.values()].flatMap(({ subject }) => subject ?? []),
    attachments: [{ name: attachment, content: canonicalJson({ schema: "seaworthy-channels/1", channels: rows }) }],
    outputs: {
      live: channelsThat("live", findings).join("\n"),
      planned: channelsThat("planned", findings).join("\n"),
    },
    next: passed ? "Try the product as a user would." : "See each channel's observations in channels.json.",
  };
}

function judgeTagRecord({ ledger }: StageContext): Check {
  const tag = recordOf(ledger, "auto-tag")?.record;
  const check = { id: "tag", title: "The release is tagged", required: true, evidence: [] };
  if (!tag) {
    const because = "expected the record of auto-tag, found none";
    return { ...check, result: "inconclusive", code: "all.evidence-missing", because };
  }
  const { result } = tag.verdict;
  if (result === "pass") return { ...check, result: "pass", because: `auto-tag passed for ${tag.release.tag}` };
  const because = `expected the record of auto-tag to say pass, found ${result}`;
  return { ...check, result: "fail", code: "all.evidence-mismatch", because };
}

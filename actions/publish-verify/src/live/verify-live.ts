import { carriedFile, requireBuiltFiles } from "#src/domain/build-manifest-reading";
import type { StageReport } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import { requirePlan, type StageContext } from "#src/stage-context";
import { judgeTagRecord } from "../judge-tag-record.ts";
import { judgeChannels } from "./finding.ts";
import { judgeOrder } from "./judge-order.ts";
import { judgePartial } from "./judge-partial.ts";
import { channelReport, type LivePorts, watchChannels } from "./watch-channels.ts";

/** Compares what users get with what was built, channel by channel. Throws `all.evidence-missing`. */
export async function verifyLive(context: StageContext, ports: LivePorts): Promise<StageReport> {
  const { plan, release, config } = requirePlan(context);
  const { channels } = config;
  const tag = judgeTagRecord(context);
  const built = requireBuiltFiles(context.ledger, release);
  const watched = await watchChannels(
    tag.result === "pass" ? channels : [],
    { release, built, targets: targetsOf(plan), carried: (name) => carriedFile(context.ledger, name) },
    ports,
  );
  const partial = judgePartial(release, watched);
  const order = judgeOrder(context.ledger, config);
  const checks = [
    tag,
    judgeChannels(channels),
    ...order,
    ...partial,
    ...watched.flatMap(({ finding }) => finding.checks),
  ];
  return channelReport(checks, release, watched);
}

import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import { judgeChannels } from "../live/finding.ts";
import type { PreflightFacts } from "./facts.ts";
import { gatherPreflight, type PreflightPorts } from "./gather-preflight.ts";
import { judgeCredential } from "./judge-credential.ts";
import { judgeTrust } from "./judge-trust.ts";
import { judgeUndo, undoPlanOf } from "./judge-undo.ts";

/** Name of the attachment with what was found about each channel. */
const attachment = "preflight.json";

/**
 * Judges whether every channel could be published to, before any is: one bad required channel stops all of them. Throws
 * `all.evidence-missing` and `all.tool-missing`.
 */
export async function verifyPreflight(context: StageContext, ports: PreflightPorts): Promise<StageReport> {
  const { release, config } = requirePlan(context);
  const built = requireBuiltFiles(context.ledger, release);
  const facts: PreflightFacts[] = [];
  for (const channel of config.channels) facts.push(await gatherPreflight({ channel, release, built }, context, ports));
  const checks = [judgeChannels(config.channels), ...facts.flatMap(judgeChannel)];
  const passed = conclude(checks).result === "pass";
  const rows = facts.map((one) => ({
    id: one.channel.id,
    credential: judgeCredential(one).readiness,
    client: one.client ?? null,
    version: one.look.seen,
    undo: { ...undoPlanOf(one.channel) },
  }));
  return {
    checks,
    attachments: [{ name: attachment, content: canonicalJson({ schema: "seaworthy-preflight/1", channels: rows }) }],
    next: passed ? "Publish to all channels." : "Correct what blocks; nothing was published to any channel.",
  };
}

function judgeChannel(facts: PreflightFacts) {
  const version = facts.look.checks.map((check) => ({ ...check, id: check.id.replace(/:live$/, ":version") }));
  return [judgeCredential(facts).check, ...judgeTrust(facts), ...judgeUndo(facts.channel), ...version];
}

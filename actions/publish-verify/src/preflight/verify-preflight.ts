import type { RollbackMinimum } from "#src/contract/config/rollback";
import { lines } from "#src/contract/fields";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { question } from "#src/domain/question";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import { judgeChannels } from "../live/finding.ts";
import type { PreflightFacts } from "./facts.ts";
import { gatherPreflight, type PreflightPorts } from "./gather-preflight.ts";
import { judgeCredential } from "./judge-credential.ts";
import { judgeReleaseTag, lookAtReleaseTag } from "./judge-tag.ts";
import { judgeTrust } from "./judge-trust.ts";
import { judgeUndo, undoPlanOf } from "./judge-undo.ts";

/** Name of the attachment with what was found about each channel. */
const attachment = "preflight.json";

/**
 * Judges whether every channel could be published to, before any is: one bad required channel stops all of them. Throws
 * `all.evidence-missing` and `all.tool-missing`.
 */
export async function verifyPreflight(
  given: { channels: string },
  context: StageContext,
  ports: PreflightPorts,
): Promise<StageReport> {
  const { release, config } = requirePlan(context);
  const built = requireBuiltFiles(context.ledger, release);
  const facts: PreflightFacts[] = [];
  for (const channel of config.channels) facts.push(await gatherPreflight({ channel, release, built }, context, ports));
  const chosen = chosenChannels(given.channels, facts);
  const tag = judgeReleaseTag(release, await lookAtReleaseTag(release, ports));
  const judged = facts.flatMap((one) => judgeChannel(one, chosen, config.rollback?.minimum));
  const checks = [judgeChannels(config.channels), ...tag, ...judged];
  const passed = conclude(checks).result === "pass";
  const rows = facts.map((one) => ({
    id: one.channel.id,
    credential: judgeCredential(one).readiness,
    client: one.client ?? null,
    version: one.look.seen,
    undo: { ...undoPlanOf(one) },
  }));
  return {
    checks,
    attachments: [{ name: attachment, content: canonicalJson({ schema: "seaworthy-preflight/1", channels: rows }) }],
    outputs: {
      live: idsThat("live", facts),
      planned: idsThat("planned", facts),
    },
    next: passed ? "Publish to all channels." : "Correct what blocks; nothing was published to any channel.",
  };
}

/** A channel that is left out needs no credential: it has to serve what was built already. */
function judgeChannel(facts: PreflightFacts, chosen: ReadonlySet<string>, minimum?: RollbackMinimum): Check[] {
  const { channel, look } = facts;
  if (!chosen.has(channel.id)) return [judgeLeftOut(facts)];
  const version = look.checks.map(beforeUpload);
  return [judgeCredential(facts).check, ...judgeTrust(facts), ...judgeUndo(facts, minimum), ...version];
}

/** What a look means to who is about to upload: a version that was withdrawn is never uploaded again. */
function beforeUpload(check: Check): Check {
  const code = check.code === "publish.withdrawn" ? "publish.reupload-refused" : check.code;
  return { ...check, id: check.id.replace(/:live$/, ":version"), ...(code ? { code } : {}) };
}

function judgeLeftOut({ channel, look }: PreflightFacts): Check {
  const ask = question(`${channel.id}:left-out`, `${channel.id} serves what was built already`, channel.required);
  return holds("live", look)
    ? ask.pass("it is left out, and serves the built bytes")
    : ask.fail(
        "publish.channel-skip-unproven",
        `expected ${channel.id} to serve the built bytes, found ${look.standing}`,
      );
}

/** Every channel is published to where none is named. Throws `all.input-invalid` for a name that no channel has. */
function chosenChannels(named: string, facts: PreflightFacts[]): ReadonlySet<string> {
  const ids = facts.map(({ channel }) => channel.id);
  const wanted = lines(named);
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length === 0) return new Set(wanted.length === 0 ? ids : wanted);
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected channels of the configuration (${ids.join(", ")}), found ${unknown.join(", ")}`,
    hint: "Correct the input `channels`.",
  });
}

function holds(standing: "live" | "planned", look: PreflightFacts["look"]): boolean {
  return look.standing === standing && look.checks.every(({ result }) => result === "pass");
}

function idsThat(standing: "live" | "planned", facts: PreflightFacts[]): string {
  return facts
    .filter(({ look }) => holds(standing, look))
    .map(({ channel }) => channel.id)
    .join("\n");
}

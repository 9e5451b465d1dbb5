import type { ChannelPolicy } from "#src/contract/config/channels";
import { Failure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import { channelCheck, type Finding } from "./finding.ts";

/**
 * Says what an exception means that ended a look: this channel could not be asked, and no other loses its finding by it. What the
 * job lacks will not change while the stage waits; a server, or an answer that nobody can read, may.
 */
export function unanswered(channel: ChannelPolicy, thrown: unknown): Finding {
  const check = channelCheck(channel, "live", `Users get the built bytes (${channel.id})`);
  const reason = reasonOf(thrown);
  return {
    standing: "open",
    checks: [{ ...check, result: "inconclusive", ...reason }],
    seen: { seen: "not asked", because: reason.because },
  };
}

function reasonOf(thrown: unknown): Pick<Check, "code" | "because"> & { because: string } {
  if (!(thrown instanceof Failure)) {
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { code: "publish.remote-unknown", because: `expected an answer that can be read, found ${text}` };
  }
  const because = `${thrown.message}. ${thrown.hint}`;
  return { code: thrown.kind === "upstream" ? "publish.remote-unknown" : thrown.code, because };
}

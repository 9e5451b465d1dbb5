import type { ChannelPolicy } from "#src/contract/config/channels";
import { type Ledger, recordOf } from "#src/domain/ledger";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";

/** Judges whether formulae were aligned before anything was published; without a required formula there is nothing to order. */
export function judgeOrder(ledger: Ledger, channels: ChannelPolicy[]): Check[] {
  if (!channels.some(({ kind, required }) => kind === "homebrew" && required)) return [];
  const ask = question("order", "Formulae were aligned before anything was published");
  const alignment = recordOf(ledger, "publish-verify", "alignment")?.record;
  if (!alignment) {
    const because = "expected the record of publish-verify in the mode alignment, found none";
    return [ask.fail("publish.order-violated", because)];
  }
  const { result } = alignment.verdict;
  if (result === "pass") return [ask.pass(`aligned at ${alignment.finished}`)];
  return [ask.fail("publish.order-violated", `expected the alignment to say pass, found ${result}`)];
}

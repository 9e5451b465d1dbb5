import { recordOf } from "#src/domain/ledger";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { StageContext } from "#src/stage-context";

/** Judges whether the stage before has passed: nothing is published of a version that no tag names. */
export function judgeTagRecord({ ledger }: StageContext): Check {
  const tag = recordOf(ledger, "auto-tag")?.record;
  const ask = question("tag", "The release is tagged");
  if (!tag) return ask.unsure("all.evidence-missing", "expected the record of auto-tag, found none");
  const { result } = tag.verdict;
  if (result === "pass") return ask.pass(`auto-tag passed for ${tag.release.tag}`);
  return ask.fail("all.evidence-mismatch", `expected the record of auto-tag to say pass, found ${result}`);
}

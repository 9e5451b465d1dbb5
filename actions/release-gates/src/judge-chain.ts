import type { Config } from "#src/contract/config/schema";
import type { Check } from "#src/domain/verdict";

/**
 * Judges whether the stages behind the tag have anything to prove their part with. What the configuration leaves out would
 * end the release all the same, but only after the tag and the upload, which nobody can take back.
 */
export function judgeChain({ channels, smoke, watch }: Config): Check {
  const check = {
    id: "chain-configured",
    title: "Every stage behind the tag is configured",
    required: true,
    evidence: ["config.json"],
  };
  const tried = smoke.scenarios.some(({ install, required }) => required && install === "channel");
  const gaps = [
    ...(channels.some(({ required }) => required) ? [] : ["a required channel in `channels`, for publish-verify"]),
    ...(tried ? [] : ["a required scenario with `install: channel` in `smoke.scenarios`, for smoke-test"]),
    ...(watch ? [] : ["`watch`, or why there is nothing to watch, for watch-window"]),
  ];
  if (gaps.length === 0) return { ...check, result: "pass", because: "channels, smoke and watch are there" };
  const because = `expected ${gaps.join("; ")}; found none`;
  return { ...check, result: "inconclusive", code: "gates.chain-incomplete", because };
}

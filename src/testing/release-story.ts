import type { AdmittedRecord } from "#src/domain/admission";
import { planDigest } from "#src/domain/effect";
import { type VerdictDocument, verdictFormat } from "#src/domain/release-verdict";
import { suiteVersion } from "#src/suite-version";
import { aCheck, aRelease } from "#src/testing/builders";
import { aChain } from "#src/testing/release-chain";

/** Builds the document of a released verdict over a chain, unless told otherwise. */
export function aVerdict(
  overrides: Partial<VerdictDocument> = {},
  chain: AdmittedRecord[] = aChain(),
): VerdictDocument {
  const stages = chain.map(({ artifact, digest, record }) => {
    const { stage, leg, started, finished } = record;
    return {
      stage,
      leg,
      file: `evidence/${stage}.json`,
      artifact,
      digest,
      verdict: record.verdict.result,
      started,
      finished,
    };
  });
  const checks = stages.map(({ stage }) => aCheck({ id: `stage-${stage}`, title: `Stage ${stage} is proven` }));
  const effects = chain.flatMap(({ record }) => record.effects.map((effect) => ({ stage: record.stage, ...effect })));
  return {
    schema: verdictFormat,
    suite: suiteVersion,
    name: "release_1.1.0_none_2026-01-01-1208",
    verdict: "Released",
    outcome: "release",
    reason: { code: "verdict.all-proven", text: "All stages are proven." },
    release: aRelease(),
    run: { id: "7", url: "https://github.example/octo/tide/actions/runs/7", actor: "mona" },
    started: "2026-01-01T12:00:00Z",
    finished: "2026-01-01T12:08:40Z",
    policy: null,
    stages,
    refused: [],
    jobs: [],
    checks,
    "decided-by": checks.map(({ id }) => id),
    effects,
    "plan-digest": planDigest(effects),
    overrides: [],
    leftovers: [],
    subjects: [{ name: "tide-1.1.0.tgz", digest: { sha256: "0".repeat(64) } }],
    next: "Nothing is left to do.",
    ...overrides,
  };
}

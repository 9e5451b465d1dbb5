import { type Config, configSchema } from "#src/contract/config/schema";
import type { AdmittedRecord, Expectation } from "#src/domain/admission";
import { type Digest, digestOf } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { type Ledger, recordOf } from "#src/domain/ledger";
import type { NamedRelease } from "#src/domain/release";

/** Name of the plan's attachment that holds the validated configuration, frozen for every later stage. */
export const configAttachment = "config.json";

/** What a stage knows of the release before it starts: the admitted records, and what every record of this run must say. */
export interface StageContext {
  ledger: Ledger;
  expected: Expectation;
}

/** What the plan fixed for all later stages. */
export interface Planned {
  plan: AdmittedRecord;
  release: NamedRelease;
  config: Config;
  policy: Digest;
}

/** Reads the plan out of the ledger. Throws `all.evidence-missing` without one, `all.evidence-mismatch` if it did not pass. */
export function requirePlan({ ledger }: StageContext): Planned {
  const plan = recordOf(ledger, "plan-release");
  if (!plan) throw absent("a record of plan-release");
  const { release, verdict } = plan.record;
  const { tag, version } = release;
  if (verdict.result !== "pass" || tag === null || version === null) {
    throw new Failure({
      kind: "conflict",
      code: "all.evidence-mismatch",
      message: `expected a plan that passed and names a tag, found ${verdict.result}`,
      hint: "Correct what the plan complains about, and start the release again.",
    });
  }
  const { config, policy } = frozenConfig(plan);
  return { plan, release: { ...release, tag, version }, config, policy };
}

/** Reads the configuration that a plan froze, passed or not. Throws `all.evidence-missing` where it is not there. */
export function frozenConfig({ record: { policy }, attachments }: AdmittedRecord): Pick<Planned, "config" | "policy"> {
  const bytes = attachments.get(configAttachment);
  if (!bytes) throw absent(`the plan's attachment ${configAttachment}`);
  const config = configSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const digest = digestOf(config);
  if (digest !== policy) throw absent("a configuration that digests to the plan's policy");
  return { config, policy: digest };
}

function absent(what: string): Failure {
  return new Failure({
    kind: "input",
    code: "all.evidence-missing",
    message: `expected ${what}, found none`,
    hint: "Hand the `record` output of plan-release over in `records`.",
  });
}

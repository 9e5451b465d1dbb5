import type { ApiUsage } from "#src/adapters/api-usage";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { runner } from "#src/adapters/runner-commands";
import type { ActionContract, InputFields, OutputFields } from "#src/contract/action-contract";
import { recordFile } from "#src/domain/admission";
import { amount } from "#src/domain/amount";
import { artifactName } from "#src/domain/artifact-name";
import { composeRecord } from "#src/domain/compose-record";
import { canonicalJson, digestOfBytes } from "#src/domain/digest";
import { type EvidenceRecord, recordSchema } from "#src/domain/evidence";
import type { Failure } from "#src/domain/failure";
import { formatHandover } from "#src/domain/handover";
import { type Ledger, recordOf } from "#src/domain/ledger";
import { isOverridden } from "#src/domain/override";
import type { Mode, ReleaseIdentity } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { advisoryFindings, decidingCode } from "#src/domain/verdict";
import type { Clock } from "#src/ports/clock";
import type { LedgerStore } from "#src/ports/ledger-store";
import { notHeld } from "#src/report/not-held";
import { stageSummary } from "#src/report/stage-summary";
import { suiteVersion } from "#src/suite-version";

/** Everything the boundary knows of one execution of a stage. */
export interface Sitting {
  contract: ActionContract<InputFields, OutputFields>;
  environment: RunnerEnvironment;
  mode: Mode;
  /** Leg of the matrix that this execution is; empty where there is none. */
  leg: string;
  store: LedgerStore;
  clock: Clock;
  started: Date;
  usage: () => ApiUsage;
  ledger: Ledger;
}

/** Sets every output to its closed value, so that a crash at any later point leaves no earlier pass behind. */
export function closeOutputs(outputs: OutputFields): void {
  for (const [name, value] of Object.entries(outputs.parse({}))) runner.output(name, value);
}

/** Reports a failure as a stage that did not come to its end: one required check that is inconclusive. */
export function failReport(failure: Failure): StageReport {
  return {
    checks: [
      {
        id: "completed",
        title: "The stage runs to its end",
        required: true,
        result: "inconclusive",
        code: failure.code,
        because: failure.message,
        evidence: [],
      },
    ],
    next: failure.hint,
  };
}

/** Writes the record, hands it over, and only then sets outputs and the exit code. Throws `all.evidence-unwritable`. */
export async function publishReport(sitting: Sitting, report: StageReport): Promise<void> {
  const encoder = new TextEncoder();
  const attachments = (report.attachments ?? []).map(({ name, content }) => ({
    name,
    content: typeof content === "string" ? encoder.encode(content) : content,
  }));
  const encoded = { leg: sitting.leg, ...report, attachments };
  const record = recordSchema.parse(composeRecord(encoded, circumstances(sitting, report)));
  const text = canonicalJson(record);
  const artifact = artifactName(record.stage, record.leg, record.attempt);
  const files = new Map(attachments.map(({ name, content }) => [name, content]));
  files.set(recordFile, encoder.encode(text));
  await sitting.store.save(artifact, files);
  const handover = formatHandover({ artifact, digest: digestOfBytes(text) });
  await summarise(sitting, record, report.summary);

  annotate(record);
  setOutputs(record, handover, report.outputs ?? {});
  process.exitCode = record.verdict.result === "pass" ? 0 : 1;
}

function circumstances(sitting: Sitting, report: StageReport) {
  const { environment, ledger, contract, mode, clock, started } = sitting;
  const plan = recordOf(ledger, "plan-release")?.record;
  const unplanned: ReleaseIdentity = {
    repository: environment.repository,
    component: "default",
    tag: null,
    version: null,
    sha: environment.sha,
    base: null,
    mode,
  };
  return {
    suite: suiteVersion,
    stage: contract.stage,
    release: report.release ?? plan?.release ?? unplanned,
    run: environment.run,
    started,
    finished: clock.now(),
    policy: report.policy ?? plan?.policy ?? null,
    consumed: [...ledger.admitted, ...(report.consumed ?? [])],
  };
}

async function summarise({ usage }: Sitting, record: EvidenceRecord, extra = ""): Promise<void> {
  const { requests, remaining } = usage();
  const left = remaining === undefined ? "" : `, ${remaining} left in this hour`;
  const text = stageSummary(record, extra, `<sub>${amount(requests, "API request")}${left}</sub>`);
  try {
    runner.summarise(text);
  } catch (cause) {
    // The record is stored and tells everything; a page that cannot be written must not turn it around.
    runner.warn(`the job summary could not be written: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** One annotation a stage: the reason it blocked. GitHub shows ten at most, and the summary holds the rest. */
function annotate({ checks, stage, leg, verdict }: EvidenceRecord): void {
  const overridden = checks.filter(isOverridden);
  if (verdict.result === "pass" && overridden.length > 0) {
    const text = overridden.map(
      ({ title, because, override }) => `${title}: ${because}. ${override?.actor}: ${override?.reason}`,
    );
    runner.warn(text.join("\n"), `${stage}: pass with an override`);
    return;
  }
  const advice = advisoryFindings(checks);
  if (verdict.result === "pass" && leg !== "" && advice.length > 0) {
    runner.warn(advice.map(notHeld).join("\n"), `${stage}: advisory, does not hold`);
    return;
  }
  if (verdict.result === "pass") {
    runner.say(`${stage}: pass (${verdict["decided-by"].length} required checks)`);
    return;
  }
  const deciding = checks.filter((check) => verdict["decided-by"].includes(check.id));
  const text = deciding.map(notHeld).join("\n");
  runner.fail(text || "No required check ran.", `${stage}: ${verdict.result}`);
}

function setOutputs(record: EvidenceRecord, handover: string, outputs: Record<string, string>): void {
  const passed = record.verdict.result === "pass";
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  runner.output("verdict", record.verdict.result);
  runner.output("outcome", record.outcome);
  runner.output("code", passed ? "" : (decidingCode(record.checks) ?? "all.not-run"));
  runner.output("record", handover);
}

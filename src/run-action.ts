import * as z from "zod";
import { apiUsage } from "#src/adapters/api-usage";
import { artifactLedgerStore } from "#src/adapters/artifact-ledger-store";
import { readEnvironment } from "#src/adapters/environment";
import { runner } from "#src/adapters/runner-commands";
import { systemClock } from "#src/adapters/system-clock";
import { noteInterruption, noteRehearsal } from "#src/adapters/write-permission";
import { closeOutputs, failReport, publishReport, type Sitting } from "#src/conclude-stage";
import type { ActionContract, InputFields, OutputFields } from "#src/contract/action-contract";
import { readInputs, secretValues } from "#src/contract/read-inputs";
import { Failure, toFailure } from "#src/domain/failure";
import { modes } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { insist, receiveLedger } from "#src/receive-ledger";
import type { StageContext } from "#src/stage-context";
import { suiteVersion } from "#src/suite-version";

/**
 * Runs a stage inside the one error boundary: outputs are closed first, all inputs are validated at once, records are
 * verified on arrival, and whatever is thrown ends red. Nothing but a passing record sets the exit code to 0.
 */
export async function runAction<Inputs extends InputFields, Outputs extends OutputFields>(
  contract: ActionContract<Inputs, Outputs>,
  stage: (given: z.output<Inputs>, context: StageContext) => Promise<StageReport>,
): Promise<void> {
  process.exitCode = 1;
  try {
    closeOutputs(contract.outputs);
    secretValues(contract.inputs, process.env).forEach(runner.mask);
    const given = validInputs(contract.inputs);
    const environment = readEnvironment();
    const mode = z.enum(modes).parse(given["release-mode"]);
    if (mode !== "live") noteRehearsal();
    await sit(contract, { environment, mode, leg: contract.leg?.(given) ?? "" }, (context) => stage(given, context));
  } catch (thrown) {
    announce(toFailure(thrown));
  }
}

async function sit(
  contract: ActionContract<InputFields, OutputFields>,
  surroundings: Pick<Sitting, "environment" | "mode" | "leg">,
  stage: (context: StageContext) => Promise<StageReport>,
): Promise<void> {
  const sitting: Sitting = {
    ...surroundings,
    contract,
    store: artifactLedgerStore(surroundings.environment.temp),
    clock: systemClock,
    started: systemClock.now(),
    usage: apiUsage,
    ledger: { admitted: [], refused: [] },
  };
  try {
    const report = await Promise.race([interruption(), converse(sitting, stage)]);
    await publishReport(sitting, report);
  } catch (thrown) {
    const failure = toFailure(thrown);
    announce(failure);
    try {
      await publishReport(sitting, failReport(failure));
    } finally {
      // The interrupted stage still runs beside this: whether or not the evidence got out, it must not go on.
      if (failure.code === "all.interrupted") process.exit(1);
    }
  }
}

async function converse(
  sitting: Sitting,
  stage: (context: StageContext) => Promise<StageReport>,
): Promise<StageReport> {
  const { contract, environment, mode, store } = sitting;
  const expected = { repository: environment.repository, runId: environment.run.id, mode, suite: suiteVersion };
  if (contract.ledger !== "none") {
    const ledger = await receiveLedger(process.env.INPUT_RECORDS ?? "", store, expected);
    sitting.ledger = contract.ledger === "strict" ? insist(ledger) : ledger;
  }
  return stage({ ledger: sitting.ledger, expected });
}

/** The runner's SIGINT leaves 7.5 seconds: enough to say that the stage was interrupted, which is no verdict. */
function interruption(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (signal: string) => {
      noteInterruption();
      reject(
        new Failure({
          kind: "upstream",
          code: "all.interrupted",
          message: `expected the stage to run to its end, found ${signal}: its job was cancelled, or its \`timeout-minutes\` are over`,
          hint: "Rerun the failed jobs; the stage looks at the world again before it acts.",
        }),
      );
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
  });
}

function validInputs<Inputs extends InputFields>(fields: Inputs): z.output<Inputs> {
  const read = readInputs(fields, process.env);
  if ("given" in read) return read.given;
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: read.complaints.map(({ input, message }) => `input ${input}: ${message}`).join("; "),
    hint: "Correct the `with:` block of the step.",
  });
}

/** Says what went wrong as an annotation; the client escapes the text, so that it cannot speak to the runner. */
function announce(failure: Failure): void {
  runner.output("code", failure.code);
  runner.fail(`${failure.message}\n${failure.hint}`, failure.code);
}

import type { AdmittedRecord, Refusal } from "#src/domain/admission";
import { approvalLeg } from "#src/domain/approval";
import { openLegs } from "#src/domain/chain";
import { readJobResults } from "#src/domain/job-results";
import { nameOf, recordOf } from "#src/domain/ledger";
import { parseJson } from "#src/domain/parse-json";
import type { Mode } from "#src/domain/release";
import type { JobResult } from "#src/domain/release-verdict";
import { stageNames } from "#src/domain/stage";
import type { StageContext } from "#src/stage-context";

/** Everything the verdict rests on; records stand in the order of the chain. */
export interface Facts {
  mode: Mode;
  /** Records of stages that hold. */
  admitted: AdmittedRecord[];
  /** Records of the legs of gates and of a joined build, which are carried along or were handed over themselves. */
  legs: AdmittedRecord[];
  refused: Refusal[];
  jobs: JobResult[];
}

/** Gathers the facts: the ledger as it was received, the legs inside it, and how the jobs ended. */
export function gatherFacts(results: string, context: StageContext): Facts {
  const { ledger, expected } = context;
  const carried = legsCarried(context);
  const direct = ledger.admitted.filter(isLegAmong(ledger.admitted));
  const fresh = carried.legs.filter(({ digest }) => !direct.some((leg) => leg.digest === digest));
  const doubled = fresh.filter(({ record }) => ledger.admitted.some((one) => nameOf(one.record) === nameOf(record)));
  return {
    mode: expected.mode,
    admitted: inChainOrder(ledger.admitted.filter((one) => !direct.includes(one))),
    legs: inChainOrder([...direct, ...fresh.filter((leg) => !doubled.includes(leg))]),
    refused: [...ledger.refused, ...carried.refused, ...doubled.map(doubledRefusal), ...unreadResults(results)],
    jobs: readJobResults(results),
  };
}

/** Lists all records in the order of the chain; the legs of a stage stand before their collector, people's answers behind it. */
export function allRecords({ admitted, legs }: Pick<Facts, "admitted" | "legs">): AdmittedRecord[] {
  return inChainOrder([...admitted, ...legs]);
}

/**
 * Tells the legs among records from what has collected them, from people's answers, and from other stages. A leg of a build
 * is one where a record has joined it; otherwise it stands for itself.
 */
export function isLegAmong(records: AdmittedRecord[]): (one: AdmittedRecord) => boolean {
  const joined = new Set(
    records
      .filter(({ record }) => record.stage === "build-manifest" && record.leg === "")
      .flatMap(({ record }) => record.consumed.map(({ digest }) => digest)),
  );
  return ({ record, digest }) =>
    record.leg !== "" &&
    (record.stage === "release-gates"
      ? record.leg !== approvalLeg
      : record.stage === "build-manifest" && joined.has(digest));
}

/** Opens the legs that the collector of the gates and the joined build carry along. */
function legsCarried({ ledger, expected }: StageContext) {
  const collectors = [recordOf(ledger, "release-gates"), recordOf(ledger, "build-manifest")];
  const opened = collectors.flatMap((collector) => (collector ? [openLegs(collector, expected)] : []));
  return { legs: opened.flatMap(({ legs }) => legs), refused: opened.flatMap(({ refused }) => refused) };
}

function inChainOrder(records: AdmittedRecord[]): AdmittedRecord[] {
  const place = ({ record }: AdmittedRecord) => stageNames.indexOf(record.stage);
  const legOf = ({ record }: AdmittedRecord) => (record.leg === approvalLeg ? "\uffff" : record.leg || "\ufffe");
  return [...records].sort((a, b) => place(a) - place(b) || (legOf(a) < legOf(b) ? -1 : 1));
}

/** Without results nothing is told; what was handed over and is no JSON may hide a job that broke off. */
function unreadResults(results: string): Refusal[] {
  const because = "expected how the jobs ended, as JSON, found another text";
  const unread = results.trim() !== "" && parseJson(results) === undefined;
  return unread ? [{ artifact: "input results", code: "verdict.jobs-untold", because }] : [];
}

function doubledRefusal({ artifact, record }: AdmittedRecord): Refusal {
  const because = `expected one record of ${nameOf(record)}, found one in the collector and another one beside it`;
  return { artifact, code: "all.evidence-doubled", because };
}

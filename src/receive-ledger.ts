import { lines } from "#src/contract/fields";
import {
  type AdmittedRecord,
  type Arrival,
  admit,
  type Expectation,
  isRefusal,
  type Refusal,
} from "#src/domain/admission";
import { adoptedDigests } from "#src/domain/adoption";
import { Failure } from "#src/domain/failure";
import { parseHandover } from "#src/domain/handover";
import { joinLedger, type Ledger } from "#src/domain/ledger";
import type { LedgerStore } from "#src/ports/ledger-store";

/**
 * Fetches the records that were handed over and admits or refuses each. Blank lines stand for stages that did not run. A
 * record of an earlier run is admitted where a record of this one has taken it over, and nowhere else.
 */
export async function receiveLedger(records: string, store: LedgerStore, expected: Expectation): Promise<Ledger> {
  const fetched = await Promise.all(lines(records).map((line) => fetchArrival(line, store)));
  const own = fetched.map((arrival) => admitArrival(arrival, expected)).filter(isAdmitted);
  const adopting = { ...expected, adopted: adoptedDigests(own) };
  const arrivals = fetched.map((arrival) => admitArrival(arrival, adopting));
  return joinLedger(arrivals.filter(isAdmitted), arrivals.filter(isRefusal));
}

/** Insists that every record was admitted. Throws the first refusal's code, with all refusals in the message. */
export function insist(ledger: Ledger): Ledger {
  const [first] = ledger.refused;
  if (!first) return ledger;
  throw new Failure({
    kind: "conflict",
    code: first.code,
    message: ledger.refused.map(({ artifact, because }) => `${artifact}: ${because}`).join("; "),
    hint: "Do not go on with this evidence. Rerun the stage that owns the record.",
  });
}

async function fetchArrival(line: string, store: LedgerStore): Promise<Arrival | Refusal> {
  const handover = parseHandover(line);
  if (handover) return { ...handover, files: await store.fetch(handover.artifact) };
  return {
    artifact: line,
    code: "all.evidence-missing",
    because: "expected `<artifact>@sha256:<digest>`, found another text",
  };
}

function admitArrival(arrival: Arrival | Refusal, expected: Expectation): AdmittedRecord | Refusal {
  return "because" in arrival ? arrival : admit(arrival, expected);
}

function isAdmitted(arrival: AdmittedRecord | Refusal): arrival is AdmittedRecord {
  return !isRefusal(arrival);
}

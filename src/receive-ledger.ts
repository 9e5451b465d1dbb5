import { lines } from "#src/contract/fields";
import { type AdmittedRecord, admit, type Expectation, isRefusal, type Refusal } from "#src/domain/admission";
import { Failure } from "#src/domain/failure";
import { parseHandover } from "#src/domain/handover";
import { joinLedger, type Ledger } from "#src/domain/ledger";
import type { LedgerStore } from "#src/ports/ledger-store";

/** Fetches the records that were handed over and admits or refuses each. Blank lines stand for stages that did not run. */
export async function receiveLedger(records: string, store: LedgerStore, expected: Expectation): Promise<Ledger> {
  const arrivals = await Promise.all(lines(records).map((line) => receive(line, store, expected)));
  return joinLedger(
    arrivals.filter((arrival): arrival is AdmittedRecord => !isRefusal(arrival)),
    arrivals.filter(isRefusal),
  );
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

async function receive(line: string, store: LedgerStore, expected: Expectation): Promise<AdmittedRecord | Refusal> {
  const handover = parseHandover(line);
  if (!handover) {
    return {
      artifact: line,
      code: "all.evidence-missing",
      because: "expected `<artifact>@sha256:<digest>`, found another text",
    };
  }
  return admit({ ...handover, files: await store.fetch(handover.artifact) }, expected);
}

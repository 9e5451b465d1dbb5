import type { SmokePolicy } from "#src/contract/config/smoke";
import type { Check } from "#src/domain/verdict";
import { requestsOf, writesSomething } from "./refusals.ts";

const day = 24 * 60 * 60_000;

/** Judges that each declared endpoint has a required read case, and a write case where it can write. */
export function judgeEndpoints({ endpoints, scenarios }: SmokePolicy): Check[] {
  if (endpoints.length === 0) return [];
  const requests = scenarios.filter(({ required }) => required).flatMap(requestsOf);
  const bare = endpoints.flatMap(({ id, writes }) => {
    const own = requests.filter(({ endpoint }) => endpoint === id);
    const [read, written] = [own.some((one) => !writesSomething(one)), own.some(writesSomething)];
    return [...(read ? [] : [`a read of ${id}`]), ...(writes && !written ? [`a write to ${id}`] : [])];
  });
  const check = {
    id: "endpoints",
    title: "Every endpoint is read, and written where it can be",
    required: true,
    evidence: [],
  };
  if (bare.length === 0) return [{ ...check, result: "pass", because: `${endpoints.length} covered` }];
  const because = `expected a required case for each, found none for ${bare.join(", ")}`;
  return [{ ...check, result: "inconclusive", code: "smoke.endpoint-uncovered", because }];
}

/** Tells which parameters nobody has verified for long, as advice. */
export function judgeParameters({ parameters, "verified-within": days }: SmokePolicy, now: Date): Check[] {
  if (parameters.length === 0) return [];
  const stale = parameters.filter((one) => now.getTime() - Date.parse(one["verified-on"]) > days * day);
  const check = { id: "parameters", title: "Parameters were verified lately", required: false, evidence: [] };
  if (stale.length === 0) return [{ ...check, result: "pass", because: `${parameters.length} within ${days} days` }];
  const found = stale.map((one) => `${one.id} on ${one["verified-on"]}`).join(", ");
  const because = `expected each to be verified within ${days} days, found ${found}`;
  return [{ ...check, result: "fail", code: "smoke.parameter-stale", because }];
}

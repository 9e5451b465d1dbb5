import * as z from "zod";
import type { Clock } from "#src/ports/clock";
import type { MetricQuestion, Metrics, Sample } from "#src/ports/metrics";

const patience = 10_000;
/** Milliseconds before the second and the third try. */
const waits = [1_000, 2_000];

const point = z.tuple([z.number(), z.string()]);
const vector = z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: point })) });
const scalar = z.object({ resultType: z.literal("scalar"), result: point });
const other = z.object({ resultType: z.enum(["matrix", "string"]) });
const answer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("success"), data: z.union([vector, scalar, other]) }),
  z.object({ status: z.literal("error"), errorType: z.string() }),
]);

/** Asks the query API of Prometheus (and of what speaks it) for single numbers: three tries, each of at most 10 s. */
export function prometheusMetrics(clock: Clock): Metrics {
  return {
    async ask(question) {
      for (const wait of waits) {
        const sample = await askOnce(question);
        if (sample.kind !== "blind") return sample;
        await clock.sleep(wait);
      }
      return askOnce(question);
    },
  };
}

async function askOnce({ url, query, at }: MetricQuestion): Promise<Sample> {
  const address = new URL(`${url.replace(/\/+$/, "")}/api/v1/query`);
  address.searchParams.set("query", query);
  address.searchParams.set("time", (at.getTime() / 1000).toFixed(3));
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
    return read(response.status, await response.text());
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { kind: "blind", because: late ? `no answer within ${patience} ms` : "no connection" };
  }
}

function read(code: number, text: string): Sample {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { kind: "blind", because: `HTTP ${code} with another text than the query API gives` };
  if (parsed.data.status === "error") return readError(code, parsed.data.errorType);
  const { data } = parsed.data;
  if (code !== 200) return { kind: "blind", because: `HTTP ${code}` };
  if (data.resultType === "scalar") return readNumber(data.result[1]);
  if (data.resultType !== "vector") {
    return { kind: "refused", because: `the query gives a ${data.resultType}, expected one number` };
  }
  const [first, ...others] = data.result;
  if (!first) return { kind: "none", because: "the backend has no data" };
  if (others.length > 0) return { kind: "none", because: `expected one series, found ${data.result.length}` };
  return readNumber(first.value[1]);
}

/** See https://prometheus.io/docs/prometheus/latest/querying/api/: `bad_data` is a wrong query, `execution` one that this data cannot answer. */
function readError(code: number, type: string): Sample {
  if (type === "bad_data") return { kind: "refused", because: "the backend calls the query bad data" };
  if (type === "execution") return { kind: "none", because: "the backend could not execute the query on its data" };
  return { kind: "blind", because: `HTTP ${code}` };
}

/** Values arrive as texts, `NaN` and `+Inf` among them. */
function readNumber(text: string): Sample {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return { kind: "none", because: "expected a finite number, found none" };
  return value >= 0 ? { kind: "value", value } : { kind: "none", because: "expected a count, found a negative number" };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import * as z from "zod";
import { httpReply, readBody } from "#src/adapters/http-reply";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { parseJson } from "#src/domain/parse-json";
import type { Clock } from "#src/ports/clock";
import type { MetricQuestion, Metrics, Sample } from "#src/ports/metrics";

const patience = 10_000;
/** Bytes of an answer that are read; a number takes a few hundred. */
const largestAnswer = 1024 * 1024;
/** Milliseconds before the second and the third try. */
const waits = [1_000, 2_000];
/** Seconds by which a sample may miss the instant that was asked for. */
const sampleTolerance = 1;
/** Milliseconds by which this machine's clock and the backend's may differ: intervals are reckoned by the one, counted by the other. */
const clockTolerance = 60_000;

const point = z.tuple([z.number(), z.string()]);
const vector = z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: point })) });
const other = z.object({ resultType: z.enum(["scalar", "matrix", "string"]) });
const answer = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.union([vector, other]),
    warnings: z.array(z.unknown()).optional(),
  }),
  z.object({ status: z.literal("error"), errorType: z.string() }),
]);

/** What came back for a question. */
interface Reply {
  code: number;
  text: string;
  /** The `Date` header. */
  date: string | null;
  /** This machine's clock before the question and after the answer. */
  asked: Date;
  answered: Date;
}

/**
 * Asks the query API of Prometheus (and of what speaks it) for single numbers: three tries, each of at most 10 s. A number
 * counts only when it is of the asked time, from a whole answer, and from a backend whose clock agrees with this machine's.
 */
export function prometheusMetrics(clock: Clock): Metrics {
  return {
    async ask(question) {
      for (const wait of waits) {
        const sample = await askOnce(question, clock);
        if (sample.kind !== "blind") return sample;
        await clock.sleep(wait);
      }
      return askOnce(question, clock);
    },
  };
}

async function askOnce({ url, query, at }: MetricQuestion, clock: Clock): Promise<Sample> {
  const address = new URL(`${url.replace(/\/+$/, "")}/api/v1/query`);
  address.searchParams.set("query", query);
  address.searchParams.set("time", (at.getTime() / 1000).toFixed(3));
  const asked = clock.now();
  try {
    const response = httpReply.parse(await proxiedFetch(address.href, { signal: AbortSignal.timeout(patience) }));
    const { bytes, cut } = await readBody(response.body, largestAnswer);
    if (cut) return { kind: "blind", because: `an answer of more than ${largestAnswer} bytes` };
    const text = new TextDecoder().decode(bytes);
    const date = response.headers.get("date");
    return read({ code: response.status, text, date, asked, answered: clock.now() }, at);
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { kind: "blind", because: late ? `no answer within ${patience} ms` : "no connection" };
  }
}

function read(reply: Reply, at: Date): Sample {
  const { code, text } = reply;
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { kind: "blind", because: `HTTP ${code} with another text than the query API gives` };
  if (parsed.data.status === "error") return readError(code, parsed.data.errorType);
  const { data, warnings = [] } = parsed.data;
  if (code !== 200) return { kind: "blind", because: `HTTP ${code}` };
  if (data.resultType !== "vector") {
    return { kind: "refused", because: `the query gives a ${data.resultType}, expected one series` };
  }
  const doubt = doubtAbout(reply);
  if (doubt) return { kind: "none", because: doubt };
  if (warnings.length > 0) return { kind: "none", because: "expected a whole answer, found a partial response" };
  const [first, ...others] = data.result;
  if (!first) return { kind: "none", because: "the backend has no data" };
  if (others.length > 0) return { kind: "none", because: `expected one series, found ${data.result.length}` };
  return readPoint(first.value, at);
}

/** Says what is wrong with the backend's clock; undefined where it agrees with this machine's. */
function doubtAbout({ date, asked, answered }: Reply): string | undefined {
  const told = Date.parse(date ?? "");
  if (Number.isNaN(told)) return "expected a Date header to compare clocks by, found none that can be read";
  const apart = Math.max(asked.getTime() - told, told - answered.getTime(), 0);
  if (apart <= clockTolerance) return undefined;
  const seconds = (milliseconds: number) => Math.round(milliseconds / 1_000);
  return `expected the backend's clock within ${seconds(clockTolerance)} s of this machine's, found it ${seconds(apart)} s apart`;
}

/** Compares whole milliseconds, since the sum of a second and an instant in seconds has no exact float. */
function readPoint([time, text]: z.infer<typeof point>, at: Date): Sample {
  const missed = Math.abs(Math.round(time * 1_000) - at.getTime());
  if (missed <= sampleTolerance * 1_000) return readNumber(text);
  return { kind: "none", because: `expected a sample of the asked time, found one ${missed / 1_000} s away from it` };
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

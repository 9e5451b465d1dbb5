import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type ApiAnswer, failureAnswer, instantAnswer, rangeAnswer } from "./api-answers.ts";
import { stepsParameters, timeParameter } from "./api-parameters.ts";
import { evaluate } from "./promql/evaluate.ts";
import { parseQuery } from "./promql/parse.ts";
import { BadQuery, typeOf } from "./promql/syntax.ts";
import type { SeriesStore } from "./series.ts";

/** What the query API reads. `now` in milliseconds. */
export interface ApiSource {
  store: SeriesStore;
  now(): number;
}

/** Answers one request of the Prometheus HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/). */
export async function answerApi(source: ApiSource, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://metrics.invalid");
  if (pathname === "/-/healthy") return void response.end("Prometheus Server is Healthy.\n");
  const answer = routes.get(pathname);
  if (!answer || !["GET", "POST"].includes(request.method ?? ""))
    return void response.writeHead(404).end("404 page not found\n");
  const form = request.method === "POST" ? new URLSearchParams(await text(request)) : searchParams;
  const { code, body } = attempt(() => answer(source, form));
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const routes = new Map([
  ["/api/v1/query", instantQuery],
  ["/api/v1/query_range", rangeQuery],
]);

function instantQuery({ store, now }: ApiSource, given: URLSearchParams): ApiAnswer {
  const at = timeParameter(given, "time", now());
  return instantAnswer(evaluate(parsed(given), at, store), at);
}

function rangeQuery({ store }: ApiSource, given: URLSearchParams): ApiAnswer {
  const { start, end, step } = stepsParameters(given);
  const expression = parsed(given);
  const type = typeOf(expression);
  if (type === "range vector") {
    throw new BadQuery(
      `invalid parameter "query": invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    );
  }
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
  return rangeAnswer(
    times.map((at) => {
      const value = evaluate(expression, at, store);
      if (value.type === "scalar") return { at, points: [{ labels: {}, value: value.value }] };
      return { at, points: value.type === "vector" ? value.points : [] };
    }),
  );
}

function parsed(given: URLSearchParams) {
  try {
    return parseQuery(given.get("query") ?? "");
  } catch (cause) {
    if (cause instanceof BadQuery) throw new BadQuery(`invalid parameter "query": ${cause.message}`);
    throw cause;
  }
}

function attempt(answer: () => ApiAnswer): ApiAnswer {
  try {
    return answer();
  } catch (cause) {
    return failureAnswer(cause);
  }
}

import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { listenOnLoopback } from "../../clock/loopback.ts";
import { answerApi } from "../api.ts";
import { seriesStore } from "../series.ts";
import { fillStore, START } from "./dataset.ts";
import prometheus from "./prometheus.json" with { type: "json" };
import { questions } from "./questions.ts";

const recorded = z
  .array(
    z.strictObject({
      path: z.string(),
      parameters: z.record(z.string(), z.string()),
      code: z.number(),
      body: z.unknown(),
    }),
  )
  .parse(prometheus);
const vector = z.array(z.object({ metric: z.record(z.string(), z.string()) }));

let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const store = seriesStore();
  fillStore(store);
  const server = createServer((request, response) => void answerApi({ store, now: () => START }, request, response));
  ({ url, close } = await listenOnLoopback(server));
});

afterAll(() => close());

describe("the query API", () => {
  it("has a recorded answer of Prometheus for each question", () => {
    expect(recorded.map(({ path, parameters }) => ({ path, parameters }))).toEqual(questions);
  });

  it.each(recorded.map((each) => [each.path, each.parameters.query ?? "", each] as const))(
    "answers %s %s as Prometheus 2.42 does",
    async (path, _query, { parameters, code, body }) => {
      const response = await fetch(`${url}${path}?${new URLSearchParams(parameters)}`);
      expect(response.status).toBe(code);
      expect(inOrder(await response.json())).toEqual(inOrder(body));
    },
  );
});

/** The order of an instant vector is Prometheus's own business; everything else has to be the same. */
function inOrder(body: unknown): unknown {
  const answer = z.looseObject({ data: z.looseObject({ result: z.unknown() }) }).parse(body);
  const result = vector.safeParse(answer.data.result);
  if (!result.success) return answer;
  const loose = z.array(z.looseObject({ metric: z.unknown() })).parse(answer.data.result);
  const key = (each: { metric: unknown }) => JSON.stringify(each.metric);
  return { ...answer, data: { ...answer.data, result: loose.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) } };
}

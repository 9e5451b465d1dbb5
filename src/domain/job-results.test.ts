import { describe, expect, it } from "vitest";
import { readJobResults } from "./job-results.ts";

describe("the results of jobs", () => {
  it("are read from a `needs` context", () => {
    const needs = { plan: { result: "success", outputs: { record: "x" } }, gates: { result: "failure", outputs: {} } };
    expect(readJobResults(JSON.stringify(needs))).toEqual([
      { job: "plan", result: "success" },
      { job: "gates", result: "failure" },
    ]);
  });

  it("are read from a context that a caller put inside another, as an object or as text", () => {
    const inner = { smoke: { result: "cancelled", outputs: {} } };
    const nested = { caller: { prepare: { result: "success", outputs: { results: JSON.stringify(inner) } } }, inner };
    expect(readJobResults(JSON.stringify(nested))).toEqual([
      { job: "prepare", result: "success" },
      { job: "smoke", result: "cancelled" },
    ]);
  });

  it("are read from a list of contexts, the caller's and the called workflow's", () => {
    const list = [{ publish: { result: "success" } }, { verify: { result: "skipped" } }];
    expect(readJobResults(JSON.stringify(list))).toEqual([
      { job: "publish", result: "success" },
      { job: "verify", result: "skipped" },
    ]);
  });

  it.each(["", "null", "[]", "{", "{}", '{"plan":{"result":"maybe"}}', "text"])("%j tells nothing", (text) => {
    expect(readJobResults(text)).toEqual([]);
  });

  it("a text nested without end is not followed for ever", () => {
    const deep = Array.from({ length: 200 }).reduce<object>((inner) => ({ a: inner }), { plan: { result: "success" } });
    expect(readJobResults(JSON.stringify(deep))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { readAnswer } from "#src/adapters/graphql-answer";
import { Failure } from "#src/domain/failure";

const failure = new Failure({ kind: "upstream", code: "all.upstream-unreachable", message: "none", hint: "Wait." });
const partial = (data: object | null, ...errors: object[]) =>
  readAnswer(
    async () => {
      throw Object.assign(new Error("errors"), { name: "GraphqlResponseError", data, errors });
    },
    () => failure,
  );
const notFound = (...path: string[]) => ({ type: "NOT_FOUND", message: "Could not resolve", path });
const data = { r0: { n1: { title: "Tides" }, n2: null } };

describe("PLN-40: a place of an answer", () => {
  it("holds a value where no error speaks of it", async () => {
    const answer = await partial(data, notFound("r0", "n2"));
    expect(answer.at("r0", "n1")).toEqual({ kind: "value", value: { title: "Tides" } });
  });

  it("is absent where the answer says so of exactly this place", async () => {
    expect((await partial(data, notFound("r0", "n2"))).at("r0", "n2")).toEqual({ kind: "absent" });
  });

  it.each([
    ["an error of another kind", { type: "FORBIDDEN", message: "no", path: ["r0", "n2"] }],
    ["an error above it", notFound("r0")],
    ["an error without a path", { message: "Something went wrong" }],
    ["an error below it", notFound("r0", "n2", "labels")],
    ["an error about something else", notFound("r0", "n1")],
  ])("that is empty is unknown with %s", async (_what, error) => {
    expect((await partial(data, error)).at("r0", "n2").kind).toBe("unknown");
  });

  it("that holds a value is unknown with an error below it or without a path", async () => {
    expect((await partial(data, notFound("r0", "n1", "labels"))).at("r0", "n1").kind).toBe("unknown");
    expect((await partial(data, { message: "timeout" })).at("r0", "n1").kind).toBe("unknown");
  });

  it("that is empty without any error is unknown", async () => {
    const answer = await readAnswer(
      async () => data,
      () => failure,
    );
    expect([answer.at("r0", "n2"), answer.at("r1", "n1")].map(({ kind }) => kind)).toEqual(["unknown", "unknown"]);
  });

  it("does not exist where there was no data", async () => {
    await expect(partial(null, { message: "Something went wrong" })).rejects.toBe(failure);
  });
});

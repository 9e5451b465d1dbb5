import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aGitHub, type Fixture, NOON } from "./testing.ts";

const R = "/repos/acme/rocket";
let at: Fixture;
let now = NOON;

beforeEach(async () => {
  now = NOON;
  at = await aGitHub({ clock: { now: () => now } });
});
afterEach(() => at.close());

describe("a request's token", () => {
  it.each([
    ["made up", "ghs_madeup", "Bad credentials"],
    ["absent", "", "Requires authentication"],
  ])("is refused with 401 when it is %s", async (_case, token, message) => {
    expect(await at.ask("GET", R, { token })).toMatchObject({ code: 401, body: { message } });
  });

  it("is refused after it was revoked", async () => {
    at.github.revokeToken(at.write);
    expect((await at.ask("GET", R)).code).toBe(401);
  });

  it("is refused with 403 and the missing scope, and nothing is written", async () => {
    const token = at.github.issueToken({ permissions: { contents: "read", checks: "write" } });
    const answer = await at.ask("POST", `${R}/git/refs`, { token, body: { ref: "refs/tags/x", sha: at.head } });
    expect(answer).toMatchObject({ code: 403, body: { message: "Resource not accessible by integration" } });
    expect(answer.headers.get("x-accepted-github-permissions")).toBe("contents=write");
    expect((await at.ask("GET", `${R}/git/ref/tags/x`)).code).toBe(404);
  });

  it("covers reading where it may write, and metadata always", async () => {
    const token = at.github.issueToken({ permissions: { contents: "write" } });
    expect((await at.ask("GET", `${R}/git/ref/heads/main`, { token })).code).toBe(200);
    expect((await at.ask("GET", R, { token: at.github.issueToken({ permissions: {} }) })).code).toBe(200);
    expect((await at.ask("GET", `${R}/commits/main/check-runs`, { token })).code).toBe(403);
  });
});

describe("the journal", () => {
  it("tells stage, route, code and scope of each request", async () => {
    const token = at.github.issueToken({ permissions: { contents: "read" }, stage: "auto-tag" });
    await at.ask("GET", `${R}/git/ref/heads%2Fmain`, { token });
    expect(at.journalled()).toEqual([
      {
        time: "2026-01-01T12:00:00.000Z",
        stage: "auto-tag",
        method: "GET",
        path: `${R}/git/ref/heads%2Fmain`,
        route: "git/get-ref",
        status: 200,
        scope: "contents:read",
        ms: expect.any(Number),
      },
    ]);
  });

  it.each([
    ["GET", "/repos/acme/rocket/teams"],
    ["GET", "/graphql"],
    ["PUT", "/repos/acme/rocket/git/ref/heads/main"],
    ["GET", "/"],
  ])("remembers %s %s, which nobody serves, as a problem", async (method, path) => {
    expect((await at.ask(method, path)).body).toMatchObject({ message: "Not Found" });
    expect(at.github.problems()).toMatchObject([{ method, path, route: null, status: 404, unexpected: true }]);
  });

  it("is told of another repository's path without calling it a problem", async () => {
    expect((await at.ask("GET", "/repos/acme/other/releases")).code).toBe(404);
    expect(at.github.problems()).toEqual([]);
  });
});

describe("conditional requests", () => {
  it("are answered 304 without a body while nothing changed, and cost nothing", async () => {
    const first = await at.ask("GET", `${R}/git/ref/heads/main`);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    const second = await at.ask("GET", `${R}/git/ref/heads/main`, { headers });
    expect([second.code, second.body, second.headers.get("etag")]).toEqual([304, {}, first.headers.get("etag")]);
    expect(second.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
  });

  it("are answered in full after a change", async () => {
    const first = await at.ask("GET", `${R}/issues`);
    await at.ask("POST", `${R}/issues`, { body: { title: "New" } });
    const second = await at.ask("GET", `${R}/issues`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect([second.code, second.headers.get("etag") === first.headers.get("etag")]).toEqual([200, false]);
  });
});

describe("rate limits", () => {
  it("count down, and asking for them is free", async () => {
    const remaining = async (path: string) => (await at.ask("GET", path)).headers.get("x-ratelimit-remaining");
    expect([await remaining(R), await remaining(R), await remaining("/rate_limit")]).toEqual(["999", "998", "998"]);
    expect((await at.ask("GET", "/rate_limit")).body).toMatchObject({
      resources: { core: { limit: 1000, used: 2 }, search: { limit: 30, used: 0 } },
    });
  });

  it("refuse with 403 once spent, until the window ends", async () => {
    at.github.faults.primaryLimit();
    const refused = await at.ask("GET", R);
    expect([refused.code, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    now = new Date(Number(refused.headers.get("x-ratelimit-reset")) * 1000);
    expect((await at.ask("GET", R)).code).toBe(200);
    expect(faultsTold()).toEqual(["primary-limit", undefined]);
  });

  it("refuse a client that asks too fast as often as told, and say how long to wait", async () => {
    at.github.faults.secondaryLimit(2, 7);
    const answers = [await at.ask("GET", R), await at.ask("GET", R), await at.ask("GET", R)];
    expect(answers.map((one) => [one.code, one.headers.get("retry-after")])).toEqual([
      [403, "7"],
      [403, "7"],
      [200, null],
    ]);
    expect(answers[0]?.body.message).toContain("secondary rate limit");
    expect(faultsTold()).toEqual(["secondary-limit", "secondary-limit", undefined]);
  });
});

describe("pages", () => {
  it("are linked to each other and hold everything once", async () => {
    for (const title of ["a", "b", "c"]) await at.ask("POST", `${R}/issues`, { body: { title } });
    const first = await at.ask("GET", `${R}/issues?per_page=2`);
    const link = first.headers.get("link") ?? "";
    expect(link).toBe(
      `<${at.github.apiUrl}${R}/issues?per_page=2&page=2>; rel="next", <${at.github.apiUrl}${R}/issues?per_page=2&page=2>; rel="last"`,
    );
    const second = await at.ask("GET", `${R}/issues?per_page=2&page=2`);
    expect([first.body, second.body]).toMatchObject([[{ title: "c" }, { title: "b" }], [{ title: "a" }]]);
    expect(second.headers.get("link")).toContain('rel="prev"');
  });
});

describe("the guard", () => {
  it.each([
    ["a misspelt key", "POST", `${R}/releases`, { tag_name: "v1", prerelaese: true }, "prerelaese is not named"],
    [
      "a misspelt key within",
      "POST",
      `${R}/check-runs`,
      { name: "x", head_sha: "y", output: { title: "t", summary: "s", txt: "" } },
      "output.txt is not named",
    ],
    [
      "a boolean for a text",
      "POST",
      `${R}/releases`,
      { tag_name: "v1", make_latest: true },
      "/make_latest must be string",
    ],
    ["a missing key", "POST", `${R}/git/refs`, { ref: "refs/tags/x" }, "must have required property 'sha'"],
    [
      "an unknown state",
      "POST",
      `${R}/deployments/1/statuses`,
      { state: "great" },
      "must be equal to one of the allowed values",
    ],
    ["no body", "POST", `${R}/issues`, undefined, "a body is required"],
    ["a body where none belongs", "DELETE", `${R}/git/refs/heads/x`, { force: true }, "no body is named"],
    ["an unknown query key", "GET", `${R}/releases?perpage=3`, undefined, "query perpage is not named"],
    [
      "a wrong query value",
      "GET",
      `${R}/commits/main/check-runs?filter=newest`,
      undefined,
      "query filter: /value must be equal to one of",
    ],
    ["a number that is none", "GET", `${R}/releases/undefined`, undefined, "path release_id: /value must be integer"],
  ])("refuses %s with 422 and its reason, and remembers it", async (_case, method, path, body, reason) => {
    const answer = await at.ask(method, path, { body });
    expect(answer).toMatchObject({ code: 422, body: { message: expect.stringContaining(reason) } });
    expect(at.github.problems()).toMatchObject([{ status: 422, guard: { side: "request" } }]);
  });

  it("lets through what the description leaves open: inputs of a dispatch, a deployment's payload", async () => {
    const { code } = await at.ask("POST", `${R}/deployments`, {
      body: { ref: "main", payload: { anything: { at: "all" } } },
    });
    expect([code, at.github.problems()]).toEqual([201, []]);
  });

  it.each([
    ["a key that GitHub does not send", (body: unknown) => ({ ...Object(body), extra: 1 }), "extra is not named"],
    ["a value of another type", (body: unknown) => ({ ...Object(body), ref: 7 }), "/ref must be string"],
    ["an answer without a required key", () => ({ ref: "x" }), "must have required property"],
  ])("turns %s into a 500 and remembers it", async (_case, change, reason) => {
    at.github.faults.distort("git/get-ref", change);
    expect(await at.ask("GET", `${R}/git/ref/heads/main`)).toMatchObject({
      code: 500,
      body: { message: expect.stringContaining(reason) },
    });
    expect(at.github.problems()).toMatchObject([{ status: 500, guard: { side: "response" }, fault: "distorted" }]);
  });

  it("refuses a body that is not JSON", async () => {
    const answer = await fetch(`${at.github.apiUrl}${R}/issues`, {
      method: "POST",
      headers: { authorization: `Bearer ${at.write}` },
      body: "{",
    });
    expect(answer.status).toBe(400);
  });
});

describe("faults", () => {
  it("fail an operation before it does anything, as often as told", async () => {
    at.github.faults.fail("git/create-ref", 503, 1);
    const create = () => at.ask("POST", `${R}/git/refs`, { body: { ref: "refs/tags/x", sha: at.head } });
    expect([(await create()).code, (await create()).code]).toEqual([503, 201]);
    expect(faultsTold()).toEqual(["failed", undefined]);
  });

  it("cut the connection after the work was done, so that the client cannot know", async () => {
    at.github.faults.cutAfter("git/create-ref", 1);
    await expect(at.ask("POST", `${R}/git/refs`, { body: { ref: "refs/tags/x", sha: at.head } })).rejects.toThrow();
    expect((await at.ask("GET", `${R}/git/ref/tags/x`)).code).toBe(200);
    expect(faultsTold()).toEqual(["cut", undefined]);
  });

  it("end when they are cleared", async () => {
    at.github.faults.fail("*", 500, 9);
    at.github.faults.clear();
    expect((await at.ask("GET", R)).code).toBe(200);
  });
});

/** The fault that the journal names for each request, in order. */
function faultsTold(): (string | undefined)[] {
  return at.journalled().map(({ fault }) => fault);
}

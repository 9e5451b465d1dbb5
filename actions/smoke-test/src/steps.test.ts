import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import type { HttpRequest } from "#src/ports/http-requests";
import { anAnswer, fakeHttpRequests } from "#src/testing/fake-http-requests";
import { fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { addressOf } from "./address.ts";
import { codesOf, type Setup, setUp } from "./testing/smoke-stage.ts";

const command = (run: string, expected: object = { exit: 0 }) => ({ kind: "command", run, expect: expected });
const probe = (act: string, more: object) => ({ kind: "probe", act, value: "word", ...more });
const one = (steps: object[], more: object = {}) => [{ id: "one", steps, ...more }];
const said = (output: string, exit = 0) => anExecution({ output, exit });
const seen = ({ environment }: { environment: Record<string, string> }) => said(environment.PROBE_VALUE ?? "nothing");

describe("SMK-01: the steps of a scenario", () => {
  it("follow one another in one workspace", async () => {
    const { run, tried } = setUp({
      scenarios: one([command("a"), command("b")]),
      answers: { a: said("1"), b: said("2") },
    });
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(tried().map(({ line, directory }) => `${line} ${directory}`)).toEqual([
      "a /temp/one/workspace",
      "b /temp/one/workspace",
    ]);
  });

  it("end with the first one that fails", async () => {
    const { run, tried } = setUp({ scenarios: one([command("a"), command("b")]), answers: { a: said("", 1) } });
    expect(conclude((await run()).checks).result).toBe("fail");
    expect(
      tried()
        .map(({ line, directory }) => line + directory)
        .filter((line) => line.startsWith("b")),
    ).toEqual([]);
  });
});

describe("SMK-41: a probe", () => {
  const steps = [probe("store", { run: "remember" }), probe("recall", { run: "recall" })];

  it("passes where the value of its store comes back, new in each try", async () => {
    let kept = "";
    const remember = ({ environment }: { environment: Record<string, string> }) => {
      kept = environment.PROBE_VALUE ?? "";
      return said("");
    };
    const { run, tried } = setUp({
      scenarios: one(steps, { repeat: 2 }),
      answers: { remember, recall: () => said(kept) },
    });
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(tried().flatMap(({ environment }) => environment.PROBE_VALUE ?? [])).toEqual(["nonce-1", "nonce-2"]);
  });

  it("fails where another value comes back, as its recall is not told it", async () => {
    expect(await codesOf({ scenarios: one(steps), answers: { remember: seen, recall: seen } })).toContain(
      "smoke.probe-failed",
    );
  });

  it.each([
    ["a value that is never recalled", steps.slice(0, 1)],
    ["a value that is recalled before it is stored", [...steps].reverse()],
    ["a value that was never stored", [command("a"), probe("recall", { run: "recall" })]],
  ])("SMK-42: %s is refused", async (_rule, wired) => {
    const { run, tried } = setUp({ scenarios: one([...wired, command("z")]) });
    expect((await run()).checks.flatMap(({ code }) => code ?? [])).toContain("smoke.half-wired");
    expect(tried()).toEqual([]);
  });
});

describe("SMK-42: a capability", () => {
  const capability = { run: "buoy can", pointer: "/resume" };
  const steps = [probe("store", { run: "remember" }), probe("recall", { run: "recall" })];
  const codes = (can: string, recall: Setup["answers"]) =>
    codesOf({
      scenarios: one(steps, { capability }),
      answers: { "buoy can": said(can), remember: said(""), ...recall },
    });

  it("that the product denies is honest", async () => {
    expect(await codes('{"resume":false}', {})).toEqual([]);
  });

  it("that the product claims, and that does not work, is dishonest", async () => {
    expect(await codes('{"resume":true}', { recall: said("no idea") })).toContain("smoke.capability-dishonest");
  });

  it.each([
    ["exits with another code", said('{"resume":false}', 139), "smoke.case-failed"],
    [
      "dies of a signal",
      anExecution({ ending: "signalled", exit: undefined, output: '{"resume":false}' }),
      "smoke.case-failed",
    ],
    [
      "has to be stopped",
      anExecution({ ending: "timed-out", exit: undefined, output: '{"resume":false}' }),
      "smoke.hung",
    ],
    ["falls silent", anExecution({ ending: "idle", exit: undefined, output: '{"resume":true}' }), "smoke.hung"],
    [
      "is not started",
      anExecution({ ending: "not-started", exit: undefined, output: '{"resume":false}' }),
      "smoke.harness-failed",
    ],
  ])("fails where the command that tells of it %s, whatever it printed", async (_how, told, code) => {
    const { run } = setUp({ scenarios: one(steps, { capability }), answers: { "buoy can": told }, base: null });
    const { checks } = await run();
    expect(conclude(checks).result).not.toBe("pass");
    expect(checks.find(({ id }) => id.startsWith("scenario-"))?.code).toBe(code);
  });

  it("that the product denies has to be denied by the product: a command that says so without it cannot fail", async () => {
    const answers = { "buoy can": said('{"resume":false}'), planted: said('{"resume":false}') };
    expect(await codesOf({ scenarios: one(steps, { capability }), answers })).toContain("smoke.cannot-fail");
  });

  it("of which the product says nothing fails", async () => {
    expect(await codes("{}", {})).toContain("smoke.case-failed");
  });

  it("without a probe is refused", async () => {
    expect(await codesOf({ scenarios: one([command("a")], { capability }) })).toContain("smoke.half-wired");
  });
});

describe("an HTTP step", () => {
  const endpoints = [{ id: "tides", url: "http://127.0.0.1:9/v1/tides", writes: true, data: "synthetic" }];
  const read = { kind: "http", request: { endpoint: "tides" }, expect: { json: [{ pointer: "/0/at", equals: 1 }] } };
  const write = { kind: "http", request: { endpoint: "tides", method: "POST", body: { at: "{RELEASE_VERSION}" } } };
  const good = {
    "GET http://127.0.0.1:9/v1/tides": anAnswer({ body: '[{"at":1}]' }),
    "POST http://127.0.0.1:9/v1/tides": anAnswer(),
  };
  const stage = (steps: object[], more: Setup = {}) => {
    const http = more.http ?? fakeHttpRequests(good);
    return setUp({
      ...more,
      scenarios: one(steps, { install: "none" }),
      channels: [],
      smoke: { endpoints, ...more.smoke },
      http,
    });
  };
  const codes = async (...given: Parameters<typeof stage>) =>
    (await stage(...given).run()).checks.flatMap(({ code }) => code ?? []);

  it("SMK-30: reads and writes a declared endpoint, with the release filled in", async () => {
    const { run, http } = stage([read, write]);
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(http.requests.map(({ method, body }) => [method, body])).toEqual([
      ["GET", undefined],
      ["POST", '{"at":"1.1.0"}'],
    ]);
  });

  it.each([
    ["another code", { "GET http://127.0.0.1:9/v1/tides": anAnswer({ code: 302 }) }, "smoke.case-failed"],
    ["another value", { "GET http://127.0.0.1:9/v1/tides": anAnswer({ body: '[{"at":2}]' }) }, "smoke.case-failed"],
    ["no connection", {}, "smoke.case-failed"],
    [
      "no answer in time",
      { "GET http://127.0.0.1:9/v1/tides": { came: false, late: true, because: "late", duration: 9 } },
      "smoke.hung",
    ],
  ] as const)("fails with %s", async (_what, answers, code) => {
    expect(await codes([read, write], { http: fakeHttpRequests(answers) })).toContain(code);
  });

  it("cannot tell what stands in a body that is too long to be read, and shows its start only", async () => {
    const body = `[{"at":1}${" ".repeat(300 * 1024)}`;
    const http = fakeHttpRequests({ ...good, "GET http://127.0.0.1:9/v1/tides": anAnswer({ body, cut: true }) });
    const { checks, attachments } = await stage([read, write], { http }).run();
    expect(conclude(checks).result).toBe("inconclusive");
    expect(checks.flatMap((check) => check.code ?? [])).toContain("smoke.answer-too-long");
    const log = String(attachments?.find(({ name }) => name.startsWith("logs/"))?.content);
    expect(log).toContain("[the rest is left out here]");
    expect(log.length).toBeLessThan(260 * 1024);
  });

  it("holds where all that is wanted stands in the start of a body that was cut", async () => {
    const wanted = { ...read, expect: { contains: ["at"] } };
    const answers = { ...good, "GET http://127.0.0.1:9/v1/tides": anAnswer({ body: '[{"at":1', cut: true }) };
    expect(await codes([wanted, write], { http: fakeHttpRequests(answers) })).toEqual([]);
  });

  it("is the environment's trouble where the name cannot even be resolved", async () => {
    const nameless = { came: false, late: false, because: "ENOTFOUND: no such name", duration: 1 } as const;
    const http = fakeHttpRequests({ "GET http://127.0.0.1:9/v1/tides": nameless });
    const { run } = stage([read, write], { http });
    expect(conclude((await run()).checks).result).toBe("inconclusive");
    expect(http.requests).toHaveLength(3);
  });

  it.each([
    ["without a read", [write], /a read of tides/],
    ["without a write", [read], /a write to tides/],
  ])("SMK-30: an endpoint %s is uncovered, and nothing is tried", async (_rule, steps, because) => {
    const { run, http } = stage(steps);
    const uncovered = (await run()).checks.find(({ code }) => code === "smoke.endpoint-uncovered");
    expect(uncovered?.because).toMatch(because);
    expect(http.requests).toEqual([]);
  });

  it.each([
    ["a write to an endpoint without the mark of test data", { ...endpoints[0], data: "unmarked" }, write],
    [
      "an address that leaves its endpoint",
      endpoints[0],
      { ...read, request: { endpoint: "tides", path: "/../users" } },
    ],
  ])("SMK-32: %s stops the run before anything is asked", async (_rule, endpoint, step) => {
    const { run, http, tried } = stage([read, write, step], { smoke: { endpoints: [endpoint] } });
    const report = await run();
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(report.checks.flatMap(({ code }) => code ?? [])).toContain("smoke.real-data");
    expect([http.requests, tried()]).toEqual([[], []]);
  });

  it("to an endpoint that nobody declared is refused", async () => {
    const step = { ...read, request: { endpoint: "other" } };
    expect(await codes([read, write, step])).toContain("smoke.endpoint-unknown");
  });

  it("SMK-41: proves a probe end to end over HTTP", async () => {
    const kept: string[] = [];
    const keep = ({ body }: HttpRequest) => {
      kept.push(body ?? "");
      return anAnswer({ code: 201 });
    };
    const http = fakeHttpRequests({
      "POST http://127.0.0.1:9/v1/tides": keep,
      "GET http://127.0.0.1:9/v1/tides": () => anAnswer({ body: kept.join() }),
    });
    const steps = [
      probe("store", { request: { endpoint: "tides", method: "POST", body: { name: "{PROBE_VALUE}" } } }),
      probe("recall", { request: { endpoint: "tides" } }),
    ];
    expect(await codes(steps, { http })).toEqual([]);
    expect(kept).toEqual(['{"name":"nonce-1"}']);
  });
});

describe("the address of a request", () => {
  const endpoint = "http://127.0.0.1:9/v1/tides";
  it.each([
    ["is the endpoint's own without a path", undefined, endpoint],
    ["goes on below it", "/{ID}", `${endpoint}/a%2F..%2Fb`],
    ["takes a query", "?at={ID}", `${endpoint}?at=a%2F..%2Fb`],
    ["is none above it", "/..", undefined],
    ["is none beside it", "/../tidesx", undefined],
    ["is none beside it, encoded", "/%2e%2e/users", undefined],
  ])("SMK-32: %s", (_rule, path, address) => {
    expect(addressOf({ path }, { endpoint, variables: { ID: "a/../b" } })).toBe(address);
  });
});

describe("SMK-23: an upgrade", () => {
  const upgrade = [
    { kind: "install", version: "previous" },
    command("buoy init"),
    { kind: "install", keeps: ["state.json"] },
    command("buoy --version", { version: true }),
  ];
  const attempt = (version: string, keeps: boolean) => {
    const stage = setUp({
      scenarios: one(upgrade, { writes: ["state.json"] }),
      packages: fakePackageInstall({ byVersion: true }),
      answers: {
        "buoy init": () => {
          if (keeps) stage.workspaces.disk.set("/temp/one/workspace/state.json", "{}");
          return said("");
        },
        "buoy --version": said(version),
      },
    });
    return stage;
  };

  it("installs the version before, then the released bytes over it", async () => {
    const { run, packages: used } = attempt("buoy 1.1.0", true);
    expect((await run()).checks.flatMap(({ code }) => code ?? [])).toEqual([]);
    expect(used.downloads.map(({ version }) => version)).toEqual(["1.0.0", "1.1.0"]);
  });

  it("fails where the old version still answers", async () => {
    const { checks } = await attempt("buoy 1.0.0", true).run();
    expect(checks.flatMap(({ code }) => code ?? [])).toContain("smoke.upgrade-failed");
  });

  it("SMK-25: fails where a file does not survive it", async () => {
    const { checks } = await attempt("buoy 1.1.0", false).run();
    expect(checks.flatMap(({ code }) => code ?? [])).toContain("smoke.upgrade-state");
  });
});

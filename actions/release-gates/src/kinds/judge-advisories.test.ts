import { describe, expect, it } from "vitest";
import { judgeScan } from "./judge-advisories.ts";
import { readScan } from "./read-scan.ts";
import type { Advisory, Scan } from "./scan.ts";

const now = new Date("2026-01-10T12:00:00Z");
const policy = { severity: "high", "database-age": "168h", exceptions: [] } as const;
const advisory = (overrides: Partial<Advisory> = {}): Advisory => ({
  id: "GHSA-aaaa-bbbb-cccc",
  aliases: ["CVE-2026-1"],
  dependency: "glob",
  title: "t",
  severity: "high",
  ...overrides,
});
const scan = (overrides: Partial<Scan> = {}): Scan => ({
  advisories: [],
  assessed: 9,
  unassessed: [],
  database: "live",
  ...overrides,
});
const excepted = (id: string, expires: string) => ({ exceptions: [{ id, reason: "not reachable here", expires }] });

describe("GAT-21 F28: dependencies", () => {
  it.each([
    ["pass without advisories", {}, scan(), 0, "pass", undefined],
    ["fail by one of the severity", {}, scan({ advisories: [advisory()] }), 1, "fail", "gates.deps-vulnerable"],
    ["pass with one below it", {}, scan({ advisories: [advisory({ severity: "moderate" })] }), 1, "pass", undefined],
    [
      "fail by one of unknown severity",
      {},
      scan({ advisories: [advisory({ severity: undefined })] }),
      1,
      "fail",
      "gates.deps-vulnerable",
    ],
    [
      "pass with an exception on its last day",
      excepted("GHSA-aaaa-bbbb-cccc", "2026-01-10"),
      scan({ advisories: [advisory()] }),
      1,
      "pass",
      undefined,
    ],
    [
      "pass with an exception by an alias",
      excepted("CVE-2026-1", "2026-02-01"),
      scan({ advisories: [advisory()] }),
      1,
      "pass",
      undefined,
    ],
    [
      "fail by an exception a day later",
      excepted("CVE-2026-1", "2026-01-09"),
      scan({ advisories: [advisory()] }),
      1,
      "fail",
      "gates.deps-exception-expired",
    ],
    [
      "fail by an advisory that the exception does not name",
      excepted("CVE-2026-2", "2026-02-01"),
      scan({ advisories: [advisory()] }),
      1,
      "fail",
      "gates.deps-vulnerable",
    ],
    [
      "are inconclusive when one was skipped",
      {},
      scan({ unassessed: ["tide"] }),
      0,
      "inconclusive",
      "gates.deps-unassessable",
    ],
    [
      "pass when the skipped one is excepted",
      excepted("tide", "2026-02-01"),
      scan({ unassessed: ["tide"] }),
      0,
      "pass",
      undefined,
    ],
    [
      "are inconclusive when none was assessed",
      {},
      scan({ assessed: 0 }),
      0,
      "inconclusive",
      "gates.deps-nothing-assessed",
    ],
    ["are inconclusive when the tool crashed", {}, scan(), 101, "inconclusive", "gates.deps-unassessable"],
    [
      "are inconclusive when the tool fails and names nothing",
      {},
      scan(),
      1,
      "inconclusive",
      "gates.deps-unassessable",
    ],
    [
      "pass with a database of exactly the age",
      {},
      scan({ database: new Date("2026-01-03T12:00:00Z") }),
      0,
      "pass",
      undefined,
    ],
    [
      "are inconclusive with an older one",
      {},
      scan({ database: new Date("2026-01-03T11:59:59Z") }),
      0,
      "inconclusive",
      "gates.deps-db-stale",
    ],
    [
      "are inconclusive with one of unknown age",
      {},
      scan({ database: undefined }),
      0,
      "inconclusive",
      "gates.deps-db-stale",
    ],
  ])("%s", (_rule, changes, found, exit, result, code) => {
    const finding = judgeScan({ ...policy, exceptions: [], ...changes }, found, { exit, now, proving: false });
    expect([finding.result, finding.code]).toEqual([result, code]);
  });
});

it("ALL-19: an old output still serves the self-test", () => {
  const old = scan({ database: new Date("2020-01-01T00:00:00Z") });
  expect(judgeScan({ ...policy, exceptions: [] }, old, { exit: 0, now, proving: true }).result).toBe("pass");
});

const npm = (vulnerabilities: object) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: {}, dependencies: { total: 7 } },
  });
const cause = {
  source: 1109843,
  name: "glob",
  dependency: "glob",
  title: "Injection",
  url: "https://github.com/advisories/GHSA-5j98-mcp5-4vw2",
  severity: "high",
  range: "<10",
};
const cargo = (list: object[], count = list.length) =>
  JSON.stringify({
    database: { "advisory-count": 900, "last-commit": "a", "last-updated": "2026-01-09T10:00:00Z" },
    lockfile: { "dependency-count": 40 },
    settings: {},
    vulnerabilities: { found: count > 0, count, list },
    warnings: {},
  });
const goStream = (...messages: object[]) =>
  [
    { config: { protocol_version: "v1.0.0", scan_level: "symbol", db_last_modified: "2026-01-09T10:00:00Z" } },
    ...messages,
  ]
    .map((message) => JSON.stringify(message, null, 2))
    .join("\n");
const goFinding = (frame: object) => ({
  finding: { osv: "GO-2026-1", fixed_version: "v1.2.3", trace: [{ module: "x.example/a", ...frame }] },
});

describe("GAT-21: the output of a tool", () => {
  it("of npm audit names each advisory once, however many packages it reaches", () => {
    const text = npm({ glob: { via: [cause] }, rimraf: { via: ["glob"] }, other: { via: [cause] } });
    expect(readScan("npm-audit", text)).toEqual({
      advisories: [
        { id: "GHSA-5j98-mcp5-4vw2", aliases: ["1109843"], dependency: "glob", title: "Injection", severity: "high" },
      ],
      assessed: 7,
      unassessed: [],
      database: "live",
    });
  });

  it("of cargo audit rates by the vector, and knows none where there is none", () => {
    const crate = { name: "time", version: "0.1.0" };
    const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    const text = cargo([
      {
        advisory: { id: "RUSTSEC-2020-0071", title: "Segfault", aliases: ["CVE-2020-26235"], cvss: vector },
        package: crate,
      },
      { advisory: { id: "RUSTSEC-2021-0001", title: "Other", cvss: null }, package: crate },
    ]);
    const { advisories, assessed, database } = readScan("cargo-audit", text);
    expect(advisories.map(({ id, severity, dependency }) => [id, severity, dependency])).toEqual([
      ["RUSTSEC-2020-0071", "critical", "time 0.1.0"],
      ["RUSTSEC-2021-0001", undefined, "time 0.1.0"],
    ]);
    expect([assessed, database]).toEqual([40, new Date("2026-01-09T10:00:00Z")]);
  });

  it("of pip-audit tells the skipped from the assessed", () => {
    const text = JSON.stringify({
      dependencies: [
        {
          name: "flask",
          version: "0.5",
          vulns: [{ id: "PYSEC-2019-179", fix_versions: ["1.0"], aliases: ["CVE-2019-1010083"] }],
        },
        { name: "tide", skip_reason: "not found" },
      ],
      fixes: [],
    });
    expect(readScan("pip-audit", text)).toMatchObject({
      advisories: [
        { id: "PYSEC-2019-179", aliases: ["CVE-2019-1010083"], dependency: "flask 0.5", severity: undefined },
      ],
      assessed: 1,
      unassessed: ["tide"],
    });
  });

  it("of govulncheck counts what is called, once", () => {
    const osv = { osv: { id: "GO-2026-1", summary: 'Panic { in "parser"', aliases: ["CVE-2026-9"] } };
    const called = goFinding({ function: "Parse" });
    expect(readScan("govulncheck", goStream(osv, goFinding({}), called, called)).advisories).toEqual([
      {
        id: "GO-2026-1",
        aliases: ["CVE-2026-9"],
        title: 'Panic { in "parser"',
        dependency: "x.example/a",
        severity: undefined,
      },
    ]);
    expect(readScan("govulncheck", goStream(osv, goFinding({}))).advisories).toEqual([]);
  });

  it("of govulncheck at the level of modules counts everything", () => {
    const config = { config: { protocol_version: "v1.0.0", scan_level: "module" } };
    const text = [config, goFinding({})].map((message) => JSON.stringify(message)).join("\n");
    expect(readScan("govulncheck", text)).toMatchObject({ advisories: [{ id: "GO-2026-1" }], database: undefined });
  });

  it.each([
    ["npm-audit", '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile."}}'],
    ["npm-audit", npm({ glob: { via: ["other"] } })],
    ["npm-audit", JSON.stringify({ actions: [], advisories: {}, metadata: {} })],
    ["npm-audit", `${npm({})}{}`],
    ["npm-audit", ""],
    ["cargo-audit", "error: couldn't fetch advisory database"],
    ["cargo-audit", cargo([], 1)],
    ["pip-audit", cargo([])],
    ["govulncheck", "{}"],
    ["govulncheck", `${goStream()}\n{"finding":`],
    ["govulncheck", "govulncheck: no go.mod file"],
  ] as const)("of %s is refused when it is not that: %s", (format, text) => {
    expect(() => readScan(format, text)).toThrow(RangeError);
  });
});

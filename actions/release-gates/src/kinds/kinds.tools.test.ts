import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkoutFiles } from "#src/adapters/checkout-files";
import { findProgram } from "#src/adapters/find-program";
import { gitWorktrees } from "#src/adapters/git-worktrees";
import { jobVariables } from "#src/adapters/job-variables";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aContext, aRelease } from "#src/testing/builders";
import { fakeApprovals, fakeMergeReviews } from "#src/testing/fake-approvals";
import { fakeCheckRuns } from "#src/testing/fake-check-runs";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeIssues } from "#src/testing/fake-issues";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { FakeWorkflowRuns } from "#src/testing/fake-workflow-runs";
import { fakeFiling } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const path = process.env.PATH ?? "";
const [go, cargo, pytest, python, cmake] = await Promise.all(
  ["go", "cargo", "pytest", "python3", "cmake"].map((program) => findProgram(program, path)),
);
const node = JSON.stringify(process.execPath);
let root: string;
let work: string;
let head: string;

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: work })
    .toString()
    .trim();

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), content);
  }
}

const speed = (milliseconds: number) =>
  `require("fs").writeFileSync(process.env.SEAWORTHY_RESULTS, JSON.stringify([{ bench: "row", ms: ${milliseconds} }]));\n`;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "gates-"));
  work = join(root, "work");
  mkdirSync(work);
  git("init", "--quiet");
  write({
    "js/good.test.mjs": `import test from "node:test";\ntest("sails & <steers>", () => {});\ntest.skip("sinks", () => {});\n`,
    "js/bad.test.mjs": `import test from "node:test";\ntest("floats", () => { throw new Error("water ]]> <in> & out"); });\n`,
    "js/none.test.mjs": "",
    "go/go.mod": "module x.example/a\n\ngo 1.20\n",
    "go/a.go": "package a\n",
    "go/a_test.go": `package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n`,
    "rs/Cargo.toml": `[package]\nname = "tide"\nversion = "0.1.0"\nedition = "2021"\n`,
    "rs/src/lib.rs": "#[test]\nfn sails() {}\n\n#[test]\n#[ignore]\nfn sinks() {}\n",
    "py/test_a.py": "import pytest\n\ndef test_sails():\n    pass\n\n@pytest.mark.skip\ndef test_sinks():\n    pass\n",
    "py/all_skipped.py":
      'import unittest\n\nclass Tide(unittest.TestCase):\n    @unittest.skip("no sea")\n    def test_sinks(self): pass\n',
    "c/CMakeLists.txt": `cmake_minimum_required(VERSION 3.10)\nproject(tide NONE)\nenable_testing()\nadd_test(NAME sails COMMAND \${CMAKE_COMMAND} -E true)\nadd_test(NAME sinks COMMAND \${CMAKE_COMMAND} -E true)\nset_tests_properties(sinks PROPERTIES DISABLED TRUE)\n`,
    "bench.cjs": speed(10),
  });
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  git("tag", "v1.0.0");
  write({ "bench.cjs": speed(20) });
  git("commit", "--quiet", "-am", "two");
  head = git("rev-parse", "HEAD");
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function sit(gate: { id: string; [key: string]: unknown }) {
  const context = aContext({ gates: [gate] }, [], aRelease({ sha: head }));
  const inputs = {
    records: "",
    results: "",
    gate: gate.id,
    "github-token": "",
    "answered-at": "",
    "approval-environment": "",
  };
  const given = { ...inputs, "release-mode": "live", mode: "judge" } as const;
  return releaseGates(given, context, {
    shell: systemShell(),
    checkout: { directory: work, environment: toolEnvironment(), secrets: [] },
    variables: jobVariables(),
    checkRuns: fakeCheckRuns([]),
    approvals: fakeApprovals(),
    merges: fakeMergeReviews(),
    runs: new FakeWorkflowRuns(fakeClock(), git("rev-parse", "v1.0.0"), { succeeded: ["smoke tests"] }).put({
      ...{ id: 4711, finished: true, conclusion: "success" },
    }),
    signatures: { of: async () => ({ verified: false, reason: "unsigned" }) },
    files: checkoutFiles(work),
    worktrees: gitWorktrees({ workspace: work, temp: root }),
    clock: systemClock,
    store: new FakeLedgerStore(),
    issues: new FakeIssues(),
    filing: fakeFiling(),
  });
}

const junit = (file: string, extra: object = {}) => ({
  id: "tests",
  kind: "junit",
  run: `${node} --test --test-reporter=junit --test-reporter-destination=out.xml js/${file}`,
  files: ["out.xml"],
  ...extra,
});

describe("GAT-03: the reports of Node's own test runner", () => {
  it("pass, skipped tests told apart", async () => {
    const report = await sit(junit("good.test.mjs", { "required-tests": ["sails & <steers>"] }));
    expect(report.checks[0]?.because).toBe("1 executed and 1 skipped tests, none failed");
    expect(conclude(report.checks).result).toBe("pass");
  });

  it("fail, whatever the failure says", async () => {
    expect(decidingCode((await sit(junit("bad.test.mjs"))).checks)).toBe("gates.tests-failed");
  });

  it("block where the required test was skipped", async () => {
    const report = await sit(junit("good.test.mjs", { "required-tests": ["sinks"] }));
    expect(decidingCode(report.checks)).toBe("gates.required-test-skipped");
  });

  it("do not count when an earlier run left them", async () => {
    await sit(junit("good.test.mjs"));
    const report = await sit({ ...junit("good.test.mjs"), run: "true" });
    expect(decidingCode(report.checks)).toBe("gates.report-stale");
  });
});

describe("GAT-03: the closing lines of real runners", () => {
  const counted = async (run: string) => (await sit({ id: "tests", kind: "command", run })).checks[0];

  it("of Node are counted", async () => {
    expect((await counted(`${node} --test js/good.test.mjs`))?.because).toMatch(
      /1 executed and 1 skipped tests \(node --test\)$/,
    );
  });

  it.skipIf(!go)("of go are counted, and a cached result is none", async () => {
    expect((await counted("cd go && go test -count=1 ./..."))?.because).toMatch(
      /1 executed and 0 skipped tests \(go test\)$/,
    );
    await counted("cd go && go test ./...");
    expect((await counted("cd go && go test ./..."))?.code).toBe("gates.zero-tests");
  });

  it.skipIf(!cargo)("of cargo are counted", async () => {
    const found = await counted(`cd rs && cargo test --offline --quiet --target-dir ${root}/target`);
    expect(found?.because).toMatch(/1 executed and 1 skipped tests \(cargo test\)$/);
  });

  it("of Node are counted once where it prints them as TAP", async () => {
    expect((await counted(`${node} --test --test-reporter=tap js/good.test.mjs`))?.because).toMatch(
      /1 executed and 1 skipped tests \(node --test\)$/,
    );
  });

  it.skipIf(!python)("of unittest are none where all were skipped", async () => {
    expect((await counted("cd py && python3 -m unittest all_skipped"))?.code).toBe("gates.zero-tests");
  });

  it.skipIf(!cmake)("of ctest are counted, and disabled ones are none", async () => {
    const built = "cd c && cmake -S . -B out && cd out && ctest";
    expect((await counted(built))?.because).toMatch(/1 executed and 1 skipped tests \(ctest\)$/);
    expect((await counted(`${built} -R sinks`))?.code).toBe("gates.zero-tests");
    expect((await counted(`${built} -R nothing`))?.code).toBe("gates.zero-tests");
  });

  it.skipIf(!pytest)("of pytest are counted, and none is none", async () => {
    expect((await counted("cd py && pytest -p no:cacheprovider"))?.because).toMatch(
      /1 executed and 1 skipped tests \(pytest\)$/,
    );
    expect((await counted("cd py && pytest -p no:cacheprovider -k nothing || true"))?.code).toBe("gates.zero-tests");
  });
});

describe("GAT-29: archives that real tools pack", () => {
  const gate = { id: "licences", kind: "licences", tools: ["npm"], contains: ["LICENSE"] };
  const packed = (name: string, files: Record<string, string>) => {
    write({ [`${name}/package.json`]: JSON.stringify({ name, version: "1.0.0" }), ...files });
    return { run: `cd ${name} && npm pack --silent`, files: [`${name}/*.tgz`] };
  };

  it("pass with a licence, by npm", async () => {
    const report = await sit({ ...gate, ...packed("sloop", { "sloop/LICENSE": "MIT" }) });
    expect(conclude(report.checks).result).toBe("pass");
  });

  it("fail without one, by npm", async () => {
    const report = await sit({ ...gate, ...packed("raft", { "raft/deep/LICENSE": "MIT" }) });
    expect(decidingCode(report.checks)).toBe("gates.licence-missing");
  });

  it.skipIf(!cargo)("pass with a licence, by cargo", async () => {
    write({ "rs/LICENSE": "MIT" });
    const run = `cd rs && cargo package --allow-dirty --offline --no-verify --quiet --target-dir ../crates`;
    const report = await sit({ ...gate, tools: ["cargo"], run, files: ["crates/package/*.crate"] });
    expect(conclude(report.checks).result).toBe("pass");
  });

  it.skipIf(!python)("pass with a licence, by Python as a wheel", async () => {
    write({ "tide-1.0.dist-info/licenses/LICENSE": "MIT" });
    const run = "python3 -m zipfile -c tide-1.0-py3-none-any.whl tide-1.0.dist-info py/test_a.py";
    const report = await sit({ ...gate, tools: ["python3"], run, files: ["*.whl"] });
    expect(conclude(report.checks).result).toBe("pass");
  });
});

describe("GAT-35: a benchmark of real worktrees", () => {
  const gate = { id: "speed", kind: "benchmark", run: `${node} bench.cjs`, key: ["bench"], value: "ms", runs: 2 };

  it("GAT-36: fails by what the candidate's own files measure, and leaves no worktree", async () => {
    const report = await sit(gate);
    expect(decidingCode(report.checks)).toBe("gates.perf-regressed");
    expect(report.summary).toContain("| `row` | 10 | 20 | 100.0 % | regressed |");
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
  });

  it("passes below another threshold", async () => {
    expect(conclude((await sit({ ...gate, threshold: 150 })).checks).result).toBe("pass");
  });
});

describe("GAT-61: a marker on an earlier commit", () => {
  const gate = {
    ...{ id: "tried", kind: "attestation", path: "marker.json", tiers: { smoke: "smoke tests" } },
    testers: [{ name: "ann", email: "ann@a.example" }],
  };
  const tip = () => git("rev-parse", "HEAD");
  const standOn = (commit: string) => {
    head = commit;
    git("reset", "--quiet", "--hard", commit);
  };

  it.each([
    ["passes where only allowed paths differ", ["bench.cjs"], "ann", undefined],
    ["fails where others do", [], "ann", "gates.attestation-sha"],
    ["fails where another author has committed it", ["bench.cjs"], "bob", "gates.attestation-signer"],
    ["counts for nothing where nobody has committed it", ["bench.cjs"], undefined, "gates.attestation-missing"],
  ])("%s", async (_rule, drift, author, code) => {
    const earlier = tip();
    const marker = {
      version: "1.1.0",
      sha: git("rev-parse", "v1.0.0"),
      tester: "ann",
      "attested-at": new Date(Date.now() - 60_000).toISOString(),
      tiers: ["smoke"],
      evidence: [{ tiers: ["smoke"], run: "4711" }],
    };
    write({ "marker.json": JSON.stringify(marker) });
    if (author !== undefined) {
      git("add", "marker.json");
      git("commit", "--quiet", `--author=${author} <${author}@a.example>`, "-m", "Attest");
      head = tip();
    }
    expect(decidingCode((await sit({ ...gate, "allowed-drift": drift })).checks)).toBe(code);
    rmSync(join(work, "marker.json"));
    standOn(earlier);
  });

  it("is no proof of who wrote it where the history is cut off", async () => {
    const whole = { work, head };
    const marker = { version: "1.1.0", sha: head, tester: "ann", tiers: ["smoke"] };
    const rest = { "attested-at": new Date().toISOString(), evidence: [{ tiers: ["smoke"], run: "4711" }] };
    write({ "marker.json": JSON.stringify({ ...marker, ...rest }) });
    git("add", "marker.json");
    git("commit", "--quiet", "--author=ann <ann@a.example>", "-m", "Attest");
    head = tip();
    git("clone", "--quiet", "--depth=1", "--no-tags", `file://${work}`, join(root, "shallow"));
    work = join(root, "shallow");
    git("fetch", "--quiet", "--depth=1", "origin", whole.head, "tag", "v1.0.0");
    const report = await sit({ ...gate, "allowed-drift": ["bench.cjs"] });
    ({ work } = whole);
    standOn(whole.head);
    expect(report.checks[0]).toMatchObject({ result: "inconclusive", code: "gates.attestation-signer" });
  });
});

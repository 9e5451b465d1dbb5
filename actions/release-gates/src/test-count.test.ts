import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTests } from "./test-count.ts";

describe("GAT-03 F21: the closing lines of a test runner", () => {
  it.each([
    ["pytest", "===== 3 passed, 1 skipped, 2 xfailed in 0.12s =====", 5, 1],
    ["pytest", "===== 1 failed, 2 passed, 1 error in 61.20s (0:01:01) =====", 4, 0],
    ["pytest", "========= no tests ran in 0.01s =========", 0, 0],
    ["pytest", "12 deselected in 0.03s", 0, 0],
    ["pytest", "3 passed, 4 warnings in 0.10s", 3, 0],
    [
      "cargo test",
      "test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s",
      5,
      2,
    ],
    [
      "cargo test",
      "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.00s",
      0,
      0,
    ],
    ["cargo-nextest", "     Summary [   0.512s] 10 tests run: 9 passed (1 slow), 1 failed, 3 skipped", 10, 3],
    ["go test", "ok  \texample.com/tide\t0.012s\n?   \texample.com/tide/doc\t[no test files]", 1, 0],
    ["go test", "ok  \texample.com/tide\t(cached)", 0, 0],
    ["go test", "ok  \texample.com/tide\t0.002s [no tests to run]", 0, 0],
    [
      "go test",
      "--- PASS: TestA (0.00s)\n    --- PASS: TestA/sub (0.00s)\n--- SKIP: TestB (0.00s)\nok  \tx.example/a\t0.1s",
      1,
      1,
    ],
    ["node --test", "ℹ tests 4\nℹ suites 1\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0", 3, 1],
    ["node --test", "# tests 0\n# suites 0\n# pass 0\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0", 0, 0],
    ["vitest", " Test Files  1 passed (1)\n      Tests  5 passed | 1 skipped (6)", 5, 1],
    ["vitest", "No test files found, exiting with code 0", 0, 0],
    ["jest", "Tests:       1 failed, 1 skipped, 3 passed, 5 total", 4, 1],
    ["jest", "No tests found, exiting with code 0", 0, 0],
    ["mocha", "  7 passing (12ms)\n  1 pending", 7, 1],
    ["unittest", "Ran 0 tests in 0.000s", 0, 0],
    [
      "surefire",
      "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in a.B\n[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 2",
      3,
      2,
    ],
  ])("of %s tell how many ran: %s", (runner, log, executed, skipped) => {
    expect(countTests(log)).toEqual({ executed, skipped, runners: [runner] });
  });

  it("add up over several runs and runners", () => {
    const log = "test result: ok. 2 passed; 0 failed; 0 ignored\ntest result: ok. 0 passed; 0 failed\n1 passed in 0.1s";
    expect(countTests(log)).toEqual({ executed: 3, skipped: 0, runners: ["pytest", "cargo test"] });
  });

  it("are found beneath the colours of a terminal", () => {
    expect(countTests("\u001b[32m\u001b[1m3 passed\u001b[0m\u001b[32m in 0.02s\u001b[0m")?.executed).toBe(3);
  });

  it("are none in other texts", () => {
    expect(countTests("built 3 files in 2s\nok\n5 passed on to the next stage")).toBeUndefined();
  });

  it("never make a count negative or break, whatever the log says", () => {
    fc.assert(
      fc.property(fc.string(), (log) => {
        const found = countTests(log);
        expect(found === undefined || found.executed >= 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

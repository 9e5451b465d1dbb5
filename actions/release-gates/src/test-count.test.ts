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
    [
      "go test",
      "--- PASS: TestA (0.00s)\nPASS\nok  \tx.example/a\t(cached)\n--- FAIL: TestB (0.00s)\nFAIL\nFAIL\tx.example/b\t0.1s\nok  \tx.example/c\t0.1s\tcoverage: 10.0% of statements",
      2,
      0,
    ],
    ["go test", "FAIL\texample.com/tide [build failed]\nFAIL", 0, 0],
    ["unittest", "Ran 0 tests in 0.000s\n\nOK", 0, 0],
    ["unittest", "Ran 2 tests in 0.000s\n\nOK (skipped=2)", 0, 2],
    ["unittest", "Ran 0 tests in 0.000s\n\nNO TESTS RAN (skipped=1)", 0, 1],
    [
      "unittest",
      "Ran 4 tests in 0.1s\n\nFAILED (failures=1, skipped=2)\nRan 3 tests in 0.1s\n\nOK (expected failures=1)",
      5,
      2,
    ],
    ["TAP", "1..3\nok 1 - floats\nnot ok 2 - sinks\nok 3 - swims # SKIP no sea", 2, 1],
    ["TAP", "TAP version 13\n    ok 1 - inside\n    1..1\nok 1 - a\nnot ok 2 - b # TODO later\n1..2", 1, 1],
    ["TAP", "1..0 # SKIP no sea", 0, 0],
    ["TAP", "1..1\nok 1 - 0.005s # skip", 0, 1],
    ["TAP", "ok 1 - issue \\# skip\nok 2\nok\n1..3\n# tests 3\n# pass  3", 3, 0],
    [
      "node --test",
      "TAP version 13\nok 1 - a # SKIP\n1..1\n# tests 1\n# pass 0\n# fail 0\n# skipped 1\n# todo 0",
      0,
      1,
    ],
    ["RSpec", "5 examples, 1 failure, 2 pending, 1 error occurred outside of examples", 3, 2],
    ["RSpec", "No examples found.\n\n0 examples, 0 failures", 0, 0],
    ["PHPUnit", "OK (3 tests, 5 assertions)  ", 3, 0],
    ["PHPUnit", "OK, but some tests were skipped!\nTests: 3, Assertions: 5, Skipped: 1, Incomplete: 1.", 1, 2],
    ["PHPUnit", "FAILURES!\nTests: 3, Assertions: 5, Failures: 1.", 3, 0],
    ["PHPUnit", "No tests executed!", 0, 0],
    ["ctest", "100% tests passed, 0 tests failed out of 3\n\nTotal Test time (real) =   0.01 sec", 3, 0],
    [
      "ctest",
      "67% tests passed, 1 tests failed out of 3\n\nThe following tests did not run:\n\t  2 - skip (Skipped)\n\t  3 - off (Disabled)\n\nThe following tests FAILED:\n\t  4 - gone (Not Run)",
      1,
      2,
    ],
    ["ctest", "1/1 Test #3: off ..............................***Not Run (Disabled)   0.00 sec", 0, 1],
    ["ctest", "No tests were found!!!", 0, 0],
    [
      "dotnet test",
      "Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4, Duration: 9 ms - Tide.dll (net8.0)\nSkipped! - Failed:     0, Passed:     0, Skipped:     2, Total:     2, Duration: 9 ms - Moon.dll (net8.0)",
      3,
      3,
    ],
    ["dotnet test", "Test summary: total: 4, failed: 1, succeeded: 2, skipped: 1, duration: 2.0s", 3, 1],
    ["dotnet test", "Total tests: 4\n     Passed: 2\n     Failed: 1\n    Skipped: 1\n Total time: 0.5 Seconds", 3, 1],
    [
      "dotnet test",
      "Test run summary: Passed! - bin/Tide.dll (net8.0|x64)\n  total: 4\n  failed: 0\n  succeeded: 3\n  skipped: 1\n  duration: 8s 095ms",
      3,
      1,
    ],
    ["dotnet test", "No test is available in /src/bin/Tide.dll. Make sure that it is discoverable.", 0, 0],
    ["dotnet test", "No test matches the given testcase filter `Category=Sea` in /src/bin/Tide.dll", 0, 0],
    [
      "bun test",
      " 5 pass\n 1 skip\n 1 todo\n 2 filtered out\n 1 fail\n 21 expect() calls\nRan 8 tests across 6 files. [496.00ms]",
      6,
      2,
    ],
    ["bun test", " 0 pass\n 2 skip\n 0 fail\nRan 2 tests across 1 files [8.00ms]", 0, 2],
    ["ExUnit", "1 doctest, 2 properties, 11 tests, 1 failure, 2 excluded, 1 invalid, 3 skipped", 8, 3],
    ["ExUnit", "11 tests, 0 failures, 3 skipped (2 excluded)", 8, 3],
    ["ExUnit", "4 tests, 0 failures, 4 excluded", 0, 0],
    ["deno test", "ok | 3 passed (2 steps) | 0 failed | 1 ignored (1 step) | 6 filtered out (10ms)", 3, 1],
    ["deno test", "FAILED | 1 passed | 1 failed (1s)", 2, 0],
    ["deno test", "ok | 0 passed | 0 failed (3ms)", 0, 0],
    ["Gradle", "6 tests completed, 1 failed, 2 skipped", 4, 2],
    ["Gradle", "> Task :compileTestJava NO-SOURCE\n> Task :test NO-SOURCE\n> Task :core:test FROM-CACHE", 0, 0],
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

  it.each([
    "built 3 files in 2s\nok\n5 passed on to the next stage",
    "ok 1 - a\nok 2 - b",
    "OK (skipped=2)",
    " 5 pass\n 0 fail",
    "> Task :test\n> Task :core:test NO-SOURCE\nBUILD SUCCESSFUL in 1s",
    "> Task :testClasses UP-TO-DATE",
    "  total: 4\n  skipped: 1",
    "ok  \ta text that goes on",
  ])("are none in %j", (log) => {
    expect(countTests(log)).toBeUndefined();
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

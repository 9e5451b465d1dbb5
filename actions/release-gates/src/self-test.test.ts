import { describe, expect, it } from "vitest";
import type { Finding } from "./leg-report.ts";
import { judgeSelfTest } from "./self-test.ts";

const pass: Finding = { result: "pass", because: "fine", evidence: [] };
const fail: Finding = { result: "fail", code: "gates.failed", because: "broken", evidence: [] };
const doubt: Finding = { result: "inconclusive", code: "gates.zero-tests", because: "nothing", evidence: [] };
const seen = (finding: Finding) => ({ finding, looked: true });
const unseen = (finding: Finding) => ({ finding, looked: false });

describe("ALL-19 F18 F19: a gate that tests itself", () => {
  it.each([
    ["is proven by passing the good and failing the bad", seen(pass), seen(fail), undefined],
    ["is proven by doubting the bad", seen(pass), seen(doubt), undefined],
    ["fails when it passes the bad", seen(pass), seen(pass), "gates.self-test-failed"],
    ["fails when it fails the good", seen(fail), seen(fail), "gates.self-test-failed"],
    ["fails when it doubts the good", seen(doubt), seen(fail), "gates.self-test-failed"],
    ["fails when it is wrong both ways", seen(fail), seen(pass), "gates.self-test-failed"],
    ["has proven nothing when it never saw the bad", seen(pass), unseen(fail), "gates.self-test-not-run"],
    ["has proven nothing when it never saw the good", unseen(fail), seen(fail), "gates.self-test-not-run"],
  ])("%s", (_rule, good, bad, code) => {
    expect(judgeSelfTest(good, bad)?.code).toBe(code);
  });

  it("says what it made of the known-good", () => {
    expect(judgeSelfTest(seen(fail), seen(fail))?.because).toBe(
      "expected the known-good input to pass, found gates.failed: broken",
    );
  });
});

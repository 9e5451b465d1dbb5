import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type BundleEnding, root, runBundle } from "./run-bundle.ts";

const actions = readdirSync(join(root, "actions")).sort();

/** The one thing that counts: red, and no output that anyone could take for a pass. */
function expectClosed({ code, outputs, log }: BundleEnding) {
  expect(code, log).toBe(1);
  expect(outputs, log).toMatchObject({ verdict: "inconclusive", outcome: "blocked", record: "" });
  expect(outputs.code).not.toBe("");
}

describe.concurrent("the shipped bundle", () => {
  it.each(actions)("of %s ends red with closed outputs when it is given nothing", async (action) => {
    const ending = await runBundle(action);
    expectClosed(ending);
    expect(ending.log).toContain("::error");
  });

  it.each(actions)("of %s ends red with closed outputs outside a run", async (action) => {
    const ending = await runBundle(action, { environment: { GITHUB_RUN_ID: "", GITHUB_REPOSITORY: "" } });
    expectClosed(ending);
  });
});

describe("ALL-08: an unreachable host", () => {
  let ending: BundleEnding;

  beforeAll(async () => {
    ending = await runBundle("auto-tag", {
      inputs: { records: `seaworthy-plan-release-1@sha256:${"a".repeat(64)}`, "github-token": "t0ken" },
      preload: "hasten.mjs",
    });
  });

  it("ends red with closed outputs", () => {
    expectClosed(ending);
  });

  it("is named as what it is", () => {
    expect(ending.log).toContain("all.upstream-unreachable");
  });

  it("does not let the token into the log unmasked", () => {
    expect(ending.log).toContain("::add-mask::t0ken");
    expect(ending.log.replaceAll("::add-mask::t0ken", "")).not.toContain("t0ken");
  });
});

describe("a value that is no Error", () => {
  it.each(["text", "undefined"])("thrown as %s ends red with closed outputs", async (thrown) => {
    const inputs = { "github-token": "t", records: "", results: "[]" };
    const ending = await runBundle("verdict", { inputs, environment: { THROWN: thrown }, preload: "throw-value.mjs" });
    expectClosed(ending);
    expect(ending.outputs.code).toBe("all.unexpected");
    expect(ending.log).toContain(thrown === "text" ? "a thrown text" : "a thrown undefined");
  });
});

describe("evidence before appearance", () => {
  it("ALL-24: a summary that cannot be written does not keep the record from being stored", async () => {
    const ending = await runBundle("verdict", {
      inputs: { "github-token": "t", records: "", results: "[]" },
      environment: { GITHUB_STEP_SUMMARY: "/nonexistent/summary" },
      preload: "hasten.mjs",
    });
    expectClosed(ending);
    expect(ending.outputs.code).toBe("all.evidence-unwritable");
  });
});

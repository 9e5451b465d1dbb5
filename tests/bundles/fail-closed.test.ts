import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Code } from "#src/domain/catalogue";
import { root } from "../root.ts";
import { type BundleEnding, runBundle } from "./run-bundle.ts";

const actions = readdirSync(join(root, "actions")).sort();

/** Inputs of all actions at once: what an action does not declare, it does not read. */
const everyInput = { "github-token": "t0ken", records: "", results: "[]", files: "out/*.tgz", kind: "npm" };

/** These can go without any input but records: without those, they miss them, and then have nowhere to put their own. */
const judges = ["build-manifest", "publish-verify", "release-gates", "smoke-test", "watch-window"];

/** The one thing that counts: red, for the reason that is given, and no output that anyone could take for a pass. */
function expectClosed({ code, outputs, log }: BundleEnding, reason: Code) {
  expect(code, log).toBe(1);
  expect(outputs, log).toMatchObject({ verdict: "inconclusive", outcome: "blocked", record: "", code: reason });
}

describe.concurrent("the shipped bundle", () => {
  it.each(actions)("of %s ends red with closed outputs when it is given nothing", async (action) => {
    const ending = await runBundle(action, { preload: "hasten.mjs" });
    const goesOn = judges.includes(action);
    expectClosed(ending, goesOn ? "all.evidence-unwritable" : "all.input-invalid");
    expect(ending.log).toContain(`::error title=${goesOn ? "all.evidence-missing" : "all.input-invalid"}::`);
  });

  it.each(actions)("of %s ends red with closed outputs outside a run", async (action) => {
    const environment = { GITHUB_RUN_ID: "", GITHUB_REPOSITORY: "" };
    const ending = await runBundle(action, { inputs: everyInput, environment });
    expectClosed(ending, "all.input-invalid");
    expect(ending.log).toContain("found GITHUB_REPOSITORY, GITHUB_RUN_ID missing or malformed");
  });
});

describe.concurrent("ALL-08: an unreachable host", () => {
  let endings: Map<string, BundleEnding>;

  beforeAll(async () => {
    const environment = aCheckout();
    const inputs = { ...everyInput, records: `seaworthy-plan-release-1@sha256:${"a".repeat(64)}` };
    const start = { inputs, environment, preload: "hasten.mjs" };
    endings = new Map(
      await Promise.all(actions.map(async (action) => [action, await runBundle(action, start)] as const)),
    );
  });

  it.each(actions)("makes %s end red with closed outputs", (action) => {
    expectClosed(endingOf(endings, action), "all.evidence-unwritable");
  });

  it.each(actions)("is named by %s as what it is", (action) => {
    // These two rely on no record; what they cannot reach in the end is the place for their own.
    const first = ["plan-release", "promote"].includes(action);
    const code = first ? "all.evidence-unwritable" : "all.upstream-unreachable";
    expect(endingOf(endings, action).log).toContain(`::error title=${code}::`);
    expect(endingOf(endings, action).log).toContain("ECONNREFUSED");
  });

  it.each(actions)("does not let %s write its token into the log unmasked", (action) => {
    const { log } = endingOf(endings, action);
    expect(log.replaceAll("::add-mask::t0ken", "")).not.toContain("t0ken");
    expect(log.includes("::add-mask::t0ken")).toBe(takesToken(action));
  });
});

describe.concurrent("a value that is no Error", () => {
  const cases = actions.flatMap((action) => ["text", "undefined"].map((thrown) => [thrown, action] as const));

  it.each(cases)("thrown as %s makes %s end red with closed outputs", async (thrown, action) => {
    const start = { inputs: everyInput, environment: { THROWN: thrown }, preload: "throw-value.mjs" };
    const ending = await runBundle(action, start);
    expectClosed(ending, "all.unexpected");
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
    expectClosed(ending, "all.evidence-unwritable");
  });
});

describe("a job that is cancelled, or whose time is over", () => {
  it("ALL-03: says so of each stage that was still at work", async () => {
    const ending = await runBundle("plan-release", {
      inputs: { "github-token": "t" },
      environment: aCheckout(),
      preload: "interrupt.mjs",
    });
    expect(ending.code).not.toBe(0);
    expect(ending.log).toContain("::error title=all.interrupted::expected the stage to run to its end, found SIGINT");
    expect(ending.log).toContain("or its `timeout-minutes` are over");
    expect(ending.outputs.verdict).not.toBe("pass");
  });
});

function endingOf(endings: Map<string, BundleEnding>, action: string): BundleEnding {
  const ending = endings.get(action);
  if (!ending) throw new Error(`expected ${action} to have run`);
  return ending;
}

function takesToken(action: string): boolean {
  return /^ {2}github-token:$/m.test(readFileSync(join(root, "actions", action, "action.yml"), "utf8"));
}

/** A checkout of one commit with a configuration, so that a stage that reads it comes as far as asking the remote. */
function aCheckout(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "checkout-"));
  mkdirSync(join(folder, ".github"));
  writeFileSync(join(folder, ".github/seaworthy.yml"), "{}\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "tide", "version": "1.0.0" }\n');
  const identity = ["-c", "user.name=Mona", "-c", "user.email=mona@example.com"];
  const git = (...words: string[]) => execFileSync("git", [...identity, ...words], { cwd: folder, encoding: "utf8" });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "chore: begin");
  return { GITHUB_WORKSPACE: folder, GITHUB_SHA: git("rev-parse", "HEAD").trim() };
}

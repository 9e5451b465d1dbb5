import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runner } from "#src/adapters/runner-commands";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runner-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** What a call writes to the log. */
function said(call: () => void): string {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  call();
  spy.mockRestore();
  return written.join("");
}

/** What a call writes into a file of the runner, its unguessable ends left out. */
function filed(variable: string, call: () => void): string {
  const path = join(folder, variable);
  writeFileSync(path, "");
  vi.stubEnv(variable, path);
  call();
  return readFileSync(path, "utf8").replace(/ghadelimiter_[0-9a-f-]{36}/g, "END");
}

const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("%", "\r", "\n", ":", ",", "::", "a", "%0A") }));

describe("the commands to the runner", () => {
  it("are those of GitHub's own toolkit, for every text", () => {
    fc.assert(
      fc.property(text, fc.string({ minLength: 1 }), (words, title) => {
        expect(said(() => runner.mask(words))).toBe(said(() => core.setSecret(words)));
        expect(said(() => runner.warn(words))).toBe(said(() => core.warning(words)));
        expect(said(() => runner.say(words))).toBe(said(() => core.info(words)));
        expect(said(() => runner.fail(words, title))).toBe(said(() => core.error(words, { title })));
      }),
    );
  });

  it("set outputs as GitHub's own toolkit does, by the file and without one", () => {
    vi.stubEnv("GITHUB_OUTPUT", "");
    expect(said(() => runner.output("a", "b\n::c"))).toBe(said(() => core.setOutput("a", "b\n::c")));
    fc.assert(
      fc.property(text, (value) => {
        const own = filed("GITHUB_OUTPUT", () => runner.output("name", value));
        expect(own).toBe(filed("GITHUB_OUTPUT", () => core.setOutput("name", value)));
      }),
      { numRuns: 30 },
    );
  });

  it("end each output at a line of its own that differs every time", () => {
    const path = join(folder, "output");
    writeFileSync(path, "");
    vi.stubEnv("GITHUB_OUTPUT", path);
    runner.output("a", "1");
    runner.output("a", "1");
    const ends = readFileSync(path, "utf8").match(/ghadelimiter_[0-9a-f-]{36}/g) ?? [];
    expect([ends.length, new Set(ends).size]).toEqual([4, 2]);
  });

  it("add to the summary as GitHub's own toolkit does", async () => {
    const own = filed("GITHUB_STEP_SUMMARY", () => runner.summarise("# One\n\ntwo"));
    const path = join(folder, "theirs");
    writeFileSync(path, "");
    vi.stubEnv("GITHUB_STEP_SUMMARY", path);
    await core.summary.addRaw("# One\n\ntwo", true).write();
    expect(own).toBe(readFileSync(path, "utf8"));
  });

  it.each(["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"])("are an error where the file of %s is gone", (variable) => {
    vi.stubEnv(variable, join(folder, "gone"));
    const call = () => (variable === "GITHUB_OUTPUT" ? runner.output("a", "b") : runner.summarise("a"));
    expect(call).toThrow(`expected the runner's file of ${variable}, found none`);
  });
});

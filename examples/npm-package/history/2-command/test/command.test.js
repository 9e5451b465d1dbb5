import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../bin/tide-table.js", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const run = (...args) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });

describe("the tide-table command", () => {
  it("prints a table", () => {
    const { status, stdout } = run("06:00=1", "12:00=5", "--every", "180");
    assert.equal(stdout, "06:00  1.00 m\n09:00  3.00 m\n12:00  5.00 m\n");
    assert.equal(status, 0);
  });

  it("prints its version", () => {
    assert.equal(run("--version").stdout, `${version}\n`);
  });

  it("explains itself when it is used wrongly", () => {
    const { status, stdout, stderr } = run("noon");
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /found "noon"\n\nUsage:/);
  });
});

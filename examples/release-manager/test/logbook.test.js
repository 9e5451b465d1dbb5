import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { decodeEntries, encodeEntry } from "@example/logbook";

const command = fileURLToPath(new URL("../bin/logbook.js", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const run = (...args) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });

describe("an entry", () => {
  it("comes back as it was, whatever is in it", () => {
    const texts = ["Cast off", "Wind: NW\nSea: slight", 'quotes " and \\', "⚓"];
    assert.deepEqual(decodeEntries(texts.map(encodeEntry).join("")), texts);
  });

  it("is refused when it is empty", () => {
    assert.throws(() => encodeEntry(""), RangeError);
  });

  it("is refused when it was altered", () => {
    assert.throws(() => decodeEntries(encodeEntry("Cast off").replace("Cast", "Kick")), /line 1/);
  });
});

describe("the logbook command", () => {
  const file = join(mkdtempSync(join(tmpdir(), "logbook-")), "harbour.log");

  it("appends and lists", () => {
    assert.equal(run(file, "add", "Cast", "off").status, 0);
    assert.equal(run(file, "list").stdout, "Cast off\n");
  });

  it("prints its version", () => {
    assert.equal(run("--version").stdout, `${version}\n`);
  });

  it("explains itself when it is used wrongly", () => {
    const { status, stdout, stderr } = run(file, "burn");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^Usage:/);
  });
});

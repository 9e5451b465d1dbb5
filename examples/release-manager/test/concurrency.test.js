import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { appendEntry, decodeEntries, encodeEntry, readEntries } from "@example/logbook";

const source = new URL("../src/logbook.js", import.meta.url);
const aLog = () => join(mkdtempSync(join(tmpdir(), "logbook-")), "race.log");

function writer(file, name, count) {
  const script = `import { appendEntry } from ${JSON.stringify(source.href)};
    for (let i = 0; i < ${count}; i += 1) appendEntry(${JSON.stringify(file)}, "${name} " + i + " " + "x".repeat(200));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL(".", source)),
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code));
  });
}

describe("a log", () => {
  it("keeps every entry of writers that race", async () => {
    const file = aLog();
    const codes = await Promise.all(["a", "b", "c"].map((name) => writer(file, name, 200)));
    assert.deepEqual(codes, [0, 0, 0]);
    const entries = readEntries(file);
    for (const name of ["a", "b", "c"]) {
      const own = entries.filter((entry) => entry.startsWith(`${name} `));
      assert.deepEqual(
        own.map((entry) => Number(entry.split(" ")[1])),
        Array.from({ length: 200 }, (_, index) => index),
      );
    }
  });

  it("loses at most the entry that a crash cuts off, wherever it cuts", () => {
    const whole = ["first", "second"].map(encodeEntry).join("");
    const last = encodeEntry("third");
    for (let kept = 0; kept < last.length; kept += 1) {
      assert.deepEqual(decodeEntries(whole + last.slice(0, kept)), ["first", "second"]);
    }
  });

  it("is never taken for whole when a crash has spoilt its middle", () => {
    const file = aLog();
    appendEntry(file, "first");
    const length = readFileSync(file).length;
    truncateSync(file, length - 3);
    writeFileSync(file, `${readFileSync(file, "utf8")}\n${encodeEntry("second")}`);
    assert.throws(() => readEntries(file), /line 1/);
  });
});

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leftTrace, type Trace } from "./trace.ts";

it.each<[string, Trace["line"], boolean]>([
  ["is there where one line has every value", { route: "git/create-ref", status: 201, fault: "cut" }, true],
  ["is not there where its values stand in different lines", { route: "git/create-tag", fault: "cut" }, false],
  ["is not there where a value has another type", { status: "201" }, false],
  ["is not there where a key is missing", { count: 1 }, false],
])("a trace %s", (_fact, line, found) => {
  const folder = mkdtempSync(join(tmpdir(), "trace-"));
  const lines = [
    { route: "git/create-tag", status: 201 },
    { route: "git/create-ref", status: 201, fault: "cut" },
  ];
  writeFileSync(join(folder, "requests.jsonl"), lines.map((each) => `${JSON.stringify(each)}\n`).join(""));
  expect(leftTrace(folder, { journal: "requests", line })).toBe(found);
  expect(leftTrace(folder, { journal: "metrics-requests", line })).toBe(false);
});

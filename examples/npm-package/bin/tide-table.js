#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseTurningPoint, tideTable } from "../src/tide-table.js";

const USAGE = `Usage: tide-table HH:MM=metres HH:MM=metres [...] [--every minutes] [--json]

  tide-table 06:12=0.8 12:25=4.6 --every 30
`;

try {
  process.stdout.write(answer(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`tide-table: ${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

function answer(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      every: { type: "string", default: "60" },
      help: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
    },
  });
  if (values.help) return USAGE;
  if (values.version) return `${version()}\n`;
  const rows = tideTable(positionals.map(parseTurningPoint), Number(values.every));
  return rows.map(values.json ? asJson : asText).join("");
}

function asText({ time, metres }) {
  return `${time}  ${metres.toFixed(2)} m\n`;
}

function asJson(row) {
  return `${JSON.stringify(row)}\n`;
}

function version() {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}

/** Runs one of the deeper test tiers by name and ends with its closing line. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "./test-report.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [tier = "", ...rest] = process.argv.slice(2);
const report = join(root, `.cache/vitest-${tier}.json`);

mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
const { status: code } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--config=vitest.tiers.config.ts",
    `--project=${tier}`,
    "--reporter=verbose",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...rest,
  ],
  { cwd: root, stdio: "inherit" },
);
const { text, passed } = closingLine(report);
console.log(text);
process.exitCode = code === 0 && passed > 0 ? 0 : 1;

/**
 * Asks a real Prometheus the questions and writes its answers to `prometheus.json`:
 * `node scripts/on-node24.mjs rehearsal/metrics/golden/record.ts`. Needs `prometheus` and `promtool` on the PATH.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { listenOnLoopback } from "../../clock/loopback.ts";
import type { Labels } from "../series.ts";
import { goldenSeries } from "./dataset.ts";
import { questions } from "./questions.ts";

const folder = mkdtempSync(join(tmpdir(), "golden-"));
const { url, close } = await listenOnLoopback(createServer());
await close();
const address = new URL(url).host;

writeFileSync(join(folder, "samples.txt"), openMetrics());
writeFileSync(join(folder, "prometheus.yml"), "global: {}\n");
execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", "samples.txt", "blocks"], { cwd: folder });
const prometheus = spawn(
  "prometheus",
  [
    "--config.file=prometheus.yml",
    "--storage.tsdb.path=blocks",
    "--storage.tsdb.retention.time=100y",
    `--web.listen-address=${address}`,
  ],
  { cwd: folder, stdio: "ignore" },
);
try {
  await ready();
  const answers = [];
  for (const { path, parameters } of questions) {
    const response = await fetch(`${url}${path}?${new URLSearchParams(parameters)}`);
    answers.push({ path, parameters, code: response.status, body: await response.json() });
  }
  writeFileSync(new URL("./prometheus.json", import.meta.url), `${JSON.stringify(answers, null, 2)}\n`);
} finally {
  prometheus.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function ready() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (response?.ok) return;
    await pause(100);
  }
  throw new Error("expected Prometheus to become ready within 10 s.");
}

function openMetrics(): string {
  const lines = goldenSeries().flatMap(({ labels, samples }) =>
    samples.map(({ at, value }) => `${labels.__name__}${labelText(labels)} ${value} ${at / 1_000}`),
  );
  return `${lines.join("\n")}\n# EOF\n`;
}

function labelText({ __name__: _name, ...labels }: Labels): string {
  return `{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`)}}`;
}

/**
 * Measures what has a number, as ratios within one run: bundle bytes, cold start, long histories beside git and other tools,
 * rehearsal time with API requests by stage. Arguments name the parts that are wanted; all of them where there is none.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { countRequests } from "../rehearsal/request-counts.ts";
import { reportLongHistories } from "./long-histories.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rounds = 15;

console.log(
  `Node.js ${process.version}, ${cpus().length} cores, ${execFileSync("git", ["--version"], { encoding: "utf8" }).trim()}\n`,
);
const parts = {
  sizes: reportSizes,
  start: reportColdStart,
  histories: () => reportLongHistories(root),
  rehearsals: reportRehearsals,
};
const asked = process.argv.slice(2);
for (const [name, report] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await report();

function reportSizes() {
  const files = globSync("dist/**/*", { cwd: root }).filter((path) => statSync(join(root, path)).isFile());
  const bytes = files.map((path) => readFileSync(join(root, path)));
  const total = bytes.reduce((sum, file) => sum + file.byteLength, 0);
  const zipped = bytes.reduce((sum, file) => sum + gzipSync(file).byteLength, 0);
  console.log("Bundle bytes");
  for (const name of ["suite", "artifact-client", "proxy-client", "sigstore-verifier"]) {
    const text = readFileSync(join(root, `dist/${name}/index.js`));
    console.log(`  dist/${name}/index.js  ${text.byteLength}  (${gzipSync(text).byteLength} gzipped)`);
  }
  console.log(`  dist, ${files.length} files     ${total}  (${zipped} gzipped)\n`);
}

/** Starts each bundle with nothing, which it answers by failing closed, and compares with an empty Node.js. */
function reportColdStart() {
  const floor = median(() => ["-e", "0"]);
  const actions = globSync("actions/*", { cwd: root }).map((path) => path.split("/")[1] ?? "");
  console.log(`Cold start, median of ${rounds}, as a ratio to \`node -e 0\` (${floor.toFixed(0)} ms)`);
  for (const action of actions.sort()) {
    const time = median(() => [join(root, "dist", action, "index.js")]);
    console.log(`  ${action.padEnd(16)} ${(time / floor).toFixed(2)} ×  (${time.toFixed(0)} ms)`);
  }
  console.log("");
}

function reportRehearsals() {
  console.log("Rehearsals, from the start of the command to its verdict");
  for (const example of ["npm-package", "service"]) {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const start = performance.now();
    const { status: code } = spawnSync(process.execPath, [
      join(root, "rehearsal/main.ts"),
      "--output",
      folder,
      "--example",
      example,
    ]);
    const seconds = (performance.now() - start) / 1000;
    const counts = countRequests(join(folder, "latest/requests.jsonl"));
    const total = counts.reduce((sum, { api }) => sum + api, 0);
    const parts = counts.filter(({ api }) => api > 0).map(({ stage, api }) => `${stage} ${api}`);
    console.log(
      `  ${example.padEnd(12)} ${seconds.toFixed(1)} s, exit code ${code}, ${total} API requests (${parts.join(", ")})`,
    );
  }
}

function median(argv: () => string[]): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    spawnSync(process.execPath, argv(), { env: { PATH: process.env.PATH }, stdio: "ignore" });
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

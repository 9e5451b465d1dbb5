/** Holds every file of the tree against the limits of its style, and tells how long the files are. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineCount, shapeComplaints } from "./shape/complaints.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = globSync("{src,actions,rehearsal,scripts,tests,bench}/**/*.{ts,mjs}", { cwd: root })
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

// These two name what they look for.
const exempt = ["scripts/shape/complaints.ts", "scripts/shape/complaints.test.ts"];
const complaints = files.filter(({ path }) => !exempt.includes(path)).flatMap(shapeComplaints);
const lengths = files
  .filter(({ path }) => !path.endsWith(".test.ts"))
  .map(({ text }) => lineCount(text))
  .sort((a, b) => a - b);
const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0;
console.log(`${lengths.length} source files, lines median ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

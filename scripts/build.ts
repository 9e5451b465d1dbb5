/** Builds `dist/`, or with `--check` proves that the committed one is what the sources give, byte for byte. */
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleApart } from "./build/bundle-apart.ts";
import { differingFiles } from "./build/differing.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes("--check");
const compiled = join(root, "build");

rmSync(compiled, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json")],
  {
    stdio: "inherit",
  },
);
writeFileSync(
  join(compiled, "package.json"),
  `${JSON.stringify({ type: "module", imports: { "#src/*": "./src/*.js" } })}\n`,
);

/** Bundles that the suite's own loads where it needs them. */
const loadedApart = ["artifact-client", "proxy-client", "sigstore-verifier"];

const bundles = await Promise.all([
  bundleApart(join(compiled, "src/suite.js"), "suite"),
  bundleApart(fileURLToPath(import.meta.resolve("@actions/artifact")), "artifact-client"),
  bundleApart(join(compiled, "src/adapters/proxy-client.js"), "proxy-client"),
  bundleApart(join(compiled, "src/adapters/sigstore-verifier.js"), "sigstore-verifier"),
]);
const files = new Map([
  ...bundles.flat(),
  [
    "package.json",
    `${JSON.stringify({ type: "module", imports: Object.fromEntries(loadedApart.map((name) => [`#${name}`, `./${name}/index.js`])) })}\n`,
  ] as const,
]);
for (const main of globSync("actions/*/src/main.ts", { cwd: root }).sort()) {
  const [, action = ""] = main.split("/");
  files.set(`${action}/index.js`, `import { run } from "../suite/index.js";\nawait run(${JSON.stringify(action)});\n`);
}

const dist = join(root, "dist");
if (check) compare();
else write();

function compare() {
  const differing = differingFiles(dist, files);
  for (const name of differing) console.error(`dist/${name} is not what the sources give; run npm run build`);
  if (differing.length > 0) {
    mkdirSync(join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(root, ".cache/", "dist-"));
    writeInto(folder);
    console.error(`the right files are in ${folder.slice(root.length + 1)}`);
    process.exitCode = 1;
  } else console.log(`dist holds ${files.size} files, byte for byte what the sources give`);
}

function write() {
  rmSync(dist, { recursive: true, force: true });
  writeInto(dist);
  for (const [name, text] of files) {
    const bytes = Buffer.byteLength(text);
    if (bytes > 1_000) console.log(`dist/${name}: ${bytes} bytes, ${gzipSync(text).byteLength} gzipped`);
  }
}

function writeInto(folder: string) {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

// Usage: node scripts/build-image.js <folder>: writes the image as an OCI layout, without any container engine.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { layOut } from "../src/layout.js";
import { renderAlmanac } from "../src/pages.js";
import { packTar } from "../src/tar.js";

const [target] = process.argv.slice(2);
if (!target) throw new Error("expected a folder to write the image to");
const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
const { version, description, license } = read("package.json");
const pages = renderAlmanac(read("data/harbours.json"), version);
const layer = packTar(new Map([...pages].map(([path, text]) => [`srv/almanac/${path}`, text])));
const labels = {
  "org.opencontainers.image.title": "tide-almanac",
  "org.opencontainers.image.description": description,
  "org.opencontainers.image.licenses": license,
  "org.opencontainers.image.version": version,
};
for (const [path, bytes] of layOut(layer, labels)) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), bytes);
}
console.log(`${target}: tide-almanac ${version}`);

// Usage: node scripts/push-image.js <folder>: pushes the OCI layout in the folder. With DRY_RUN=true it only says what it would push.
import { readFileSync } from "node:fs";
import { pushLayout, readLayout, tagsOf } from "../src/push.js";
import { openRepository } from "../src/registry.js";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("expected the folder of an OCI layout");
const { version, config } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
if (process.env.DRY_RUN === "true") {
  const { top, manifests } = readLayout(folder);
  console.log(`would push ${config.image}: ${tagsOf(version).join(", ")}`);
  for (const { digest } of [top, ...manifests]) console.log(`  ${digest}`);
} else {
  const repository = openRepository(config.image, process.env);
  await pushLayout(folder, { repository, version, say: (line) => console.log(line) });
}

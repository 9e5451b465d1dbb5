// Runs the real artifact client in a process of its own: it reads its environment when it loads.
// Usage: node client.testing.mjs '<JSON list of calls>'; the last line of stdout is a JSON list of results.
import { DefaultArtifactClient } from "@actions/artifact";

const client = new DefaultArtifactClient();
const results = [];
for (const [method, ...given] of JSON.parse(process.argv[2])) {
  try {
    results.push(await client[method](...given));
  } catch (failure) {
    results.push({ failed: failure.message });
  }
}
process.stdout.write(`\n${JSON.stringify(results)}\n`);
process.exit(0);

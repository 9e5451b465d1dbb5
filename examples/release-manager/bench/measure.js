// Measures how long entries take to be written and read, and prints one JSON object a line. Of many rounds the shortest
// counts: what else the machine does only ever adds.
import { decodeEntries, encodeEntry } from "../src/logbook.js";

const texts = Array.from({ length: 2_000 }, (_, index) => `entry ${index} ${"~".repeat(index % 80)}`);
const log = texts.map(encodeEntry).join("");
const scenarios = { encode: () => texts.map(encodeEntry), decode: () => decodeEntries(log) };

for (const [bench, scenario] of Object.entries(scenarios)) {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 60; round += 1) {
    const start = process.hrtime.bigint();
    scenario();
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - start) / 1e6);
  }
  console.log(JSON.stringify({ bench, entries: texts.length, ms: shortest }));
}

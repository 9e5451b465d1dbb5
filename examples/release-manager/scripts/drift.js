// Prints what the last release exported, by api.txt, and this commit does not: one name a line.
import { readFileSync } from "node:fs";
import * as logbook from "../src/logbook.js";

const promised = readFileSync(new URL("../api.txt", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean);
for (const name of promised) if (!Object.hasOwn(logbook, name)) console.log(name);

#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { appendEntry, readEntries } from "../src/logbook.js";

const usage = `Usage: logbook FILE add TEXT   appends an entry
       logbook FILE list       prints all entries
       logbook --version
`;

const [file = "", verb = "", ...words] = process.argv.slice(2);
const verbs = {
  add: () => appendEntry(file, words.join(" ")),
  list: () => console.log(readEntries(file).join("\n")),
};

if (file === "--version") {
  console.log(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
} else if (Object.hasOwn(verbs, verb)) {
  try {
    verbs[verb]();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}

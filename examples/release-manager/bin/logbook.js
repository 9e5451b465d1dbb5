#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { appendEntry, page, readEntries } from "../src/logbook.js";

const usage = `Usage: logbook FILE add TEXT   appends an entry
       logbook FILE list       prints all entries
       logbook FILE page       prints them as an HTML page
       logbook --version
`;

const [file = "", verb = "", ...words] = process.argv.slice(2);
const verbs = {
  add: () => appendEntry(file, words.join(" ")),
  list: () => console.log(readEntries(file).join("\n")),
  page: () => process.stdout.write(page(readEntries(file))),
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

import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../root.ts";

const examples = globSync("examples/*/.github", { cwd: root }).map((folder) => basename(dirname(folder)));

it.each([
  ["docs/rehearsal.md", /^\| `--example NAME` .*$/m, /`([a-z-]+)`/g],
  ["examples/README.md", /^\| \[`[\s\S]*?\n\n/m, /\]\(([a-z-]+)\)/g],
])("the list of examples in %s names each of them, and no other", (file, place, name) => {
  const [list = ""] = place.exec(readFileSync(join(root, file), "utf8")) ?? [];
  const named = new Set([...list.matchAll(name)].map(([, one]) => one));
  expect(examples.length).toBeGreaterThan(5);
  expect([...named].toSorted()).toEqual(examples.toSorted());
});

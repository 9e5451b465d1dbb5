import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../root.ts";

const page = readFileSync(join(root, "docs/coverage.md"), "utf8");
const numbers = [...Array.from({ length: 30 }, (_, index) => index + 1), 49, 50, 51];
const ids = numbers.map((number) => `F${String(number).padStart(2, "0")}`);

it.each(ids)(
  "the failure %s of a deciding stage is met by a rehearsal or a recorded history, not by rules alone",
  (id) => {
    const [, section = ""] = page.split(`\n## ${id}\n`);
    const [own = ""] = section.split("\n## ");
    expect(own).toMatch(/\(`tests\/(?:rehearsals|cases)\/[\w-]+\.test\.ts`\)/);
  },
);

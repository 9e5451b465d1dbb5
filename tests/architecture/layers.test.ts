import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import layers from "../../.dependency-cruiser.mjs";
import { root } from "../root.ts";

const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
const report = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }) })) }),
});

/** One forbidden import for each rule: the file that must not import, and what it imports. */
const forbidden: [rule: string, from: string, to: string][] = [
  ["no-cycles", "src/domain/a.ts", "./b.ts"],
  ["domain-stands-alone", "src/domain/a.ts", "../ports/b.ts"],
  ["ports-import-only-domain", "src/ports/a.ts", "../contract/b.ts"],
  ["contract-imports-only-domain", "src/contract/a.ts", "../ports/b.ts"],
  ["reports-are-pure", "src/report/a.ts", "../ports/b.ts"],
  ["only-main-meets-adapters", "actions/x/src/stage.ts", "../../../src/adapters/b.ts"],
  ["actions-are-strangers", "actions/x/src/stage.ts", "../../y/src/b.ts"],
  ["effects-only-in-adapters", "actions/x/src/stage.ts", "node:fs"],
  ["effects-only-in-adapters", "actions/x/src/stage.ts", "undici"],
  ["fakes-stay-in-tests", "actions/x/src/stage.ts", "../../../src/testing/b.ts"],
  ["fakes-stay-in-tests", "actions/x/src/stage.ts", "./testing/b.ts"],
  ["shared-fakes-know-no-stage", "src/testing/a.ts", "../../actions/x/src/b.ts"],
  ["rehearsal-runs-the-shipped-files", "rehearsal/a.ts", "../actions/x/src/b.ts"],
  ["the-suite-knows-no-rehearsal", "src/domain/a.ts", "../../rehearsal/b.ts"],
  ["no-development-packages-in-the-suite", "src/domain/a.ts", "devtool"],
  ["everything-resolves", "src/domain/a.ts", "./absent.ts"],
];

describe("the layers", () => {
  it.each(forbidden)("%s catches a forbidden import", (rule, from, to) => {
    expect(violations(from, to)).toContain(rule);
  });

  it("have a forbidden import for every rule", () => {
    const rules = layers.forbidden.map(({ name }) => name);
    expect([...new Set(forbidden.map(([rule]) => rule))].sort()).toEqual(rules.sort());
  });

  it("hold in a tree without forbidden imports", () => {
    expect(violations("actions/x/src/main.ts", "../../../src/adapters/b.ts")).toEqual([]);
  });
});

/** Builds a small tree with one import in it and lists the rules it violates. */
function violations(from: string, to: string): string[] {
  const tree = mkdtempSync(join(tmpdir(), "layers-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  put("package.json", JSON.stringify({ name: "tree", type: "module", devDependencies: { devtool: "1.0.0" } }));
  put("node_modules/devtool/package.json", JSON.stringify({ name: "devtool", version: "1.0.0", main: "index.js" }));
  put("node_modules/devtool/index.js", "export const b = 1;\n");
  put(from, `import type { b } from "${to}";\nexport type A = b;\n`);
  if (to.startsWith(".") && !to.includes("absent")) {
    const back = to === "./b.ts" ? `import type { A } from "./a.ts";\nexport type C = A;\n` : "";
    put(join(dirname(from), to), `${back}export type b = 1;\n`);
  }
  return cruise(tree);
}

function cruise(tree: string): string[] {
  const roots = ["src", "actions", "rehearsal"].map((room) => {
    mkdirSync(join(tree, room), { recursive: true });
    return room;
  });
  const args = [cruiser, "--config", join(root, ".dependency-cruiser.mjs"), "--output-type", "json", ...roots];
  const json: unknown = JSON.parse(
    execFileSync(process.execPath, args, { cwd: tree, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  return report.parse(json).summary.violations.map(({ rule }) => rule.name);
}

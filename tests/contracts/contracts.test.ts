import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { stageNames } from "#src/domain/stage";
import { generatedFiles } from "../../scripts/generate/outputs.ts";
import { root } from "../root.ts";

const actions = readdirSync(join(root, "actions")).sort();
const metadata = z.object({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), z.object({ description: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
  runs: z.strictObject({ using: z.literal("node24"), main: z.string() }),
});
/** READMEs that say more than 120 lines yet, with what they may not pass. */
const longer: Record<string, number | undefined> = { "release-gates": 130 };
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("the actions", () => {
  it("are the stages of a release", () => {
    expect(actions).toEqual([...stageNames].sort());
  });

  it.each(actions)("F55: %s has metadata that parses, with few inputs, and a bundle to run", (action) => {
    const { inputs, runs } = metadata.parse(parse(read(`actions/${action}/action.yml`)));
    expect(Object.keys(inputs).length).toBeLessThanOrEqual(12);
    expect(existsSync(join(root, "actions", action, runs.main))).toBe(true);
  });

  it.each(actions)("%s is explained in at most 120 lines, and details in docs/", (action) => {
    const lines = read(`actions/${action}/README.md`).split("\n").length - 1;
    expect(lines).toBeLessThanOrEqual(longer[action] ?? 120);
  });

  it.each(actions)("%s is explained under the same headings", (action) => {
    const headings = [...read(`actions/${action}/README.md`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Question it answers",
      "Quick start",
      "How it decides",
      "Inputs",
      "Outputs",
      "Permissions and triggers",
      "When it fails",
      "Limits",
    ]);
  });
});

describe("what is generated", () => {
  it("is what its sources give", async () => {
    const stale = [...(await generatedFiles(root))].filter(
      ([path, text]) => !existsSync(join(root, path)) || read(path) !== text,
    );
    expect(stale.map(([path]) => path)).toEqual([]);
  });
});

describe("ALL-16: every workflow", () => {
  const workflows = globSync("{.github,examples/*/.github}/workflows/*.yml", { cwd: root });
  const uses = workflows.flatMap((file) => targetsIn(parse(read(file))).map((target) => ({ file, target })));

  it.each(workflows)("%s grants nothing on top", (file) => {
    expect(read(file)).toMatch(/^permissions: \{\}$/m);
  });

  it("pins third parties to full commit ids with a version comment", () => {
    const foreign = uses.filter(({ target }) => !/^(\$|\.)\/|^seaworthy\/seaworthy\//.test(target));
    expect(foreign.length).toBeGreaterThan(0);
    for (const { file, target } of foreign) {
      expect(target, file).toMatch(/@[0-9a-f]{40}$/);
      const lines = read(file).split("\n");
      const named = lines.filter((line) => line.includes(`uses: ${target}`));
      expect(named, `${file}: ${target} in a line of its own, with its version`).not.toEqual([]);
      for (const line of named) expect(line, file).toMatch(/@[0-9a-f]{40} # v\d/);
    }
  });

  it("names actions and workflows of the suite that exist, and of its own repository", () => {
    const own = uses.flatMap(({ file, target }) => placeOf(file, target) ?? []);
    for (const kind of ["/action.yml", ".github/workflows/"])
      expect(own.filter((path) => path.includes(kind)).length, kind).toBeGreaterThan(0);
    expect(own.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(workflows)("ALL-18: %s keeps expressions out of scripts", (file) => {
    const steps = z.record(
      z.string(),
      z.looseObject({ steps: z.array(z.looseObject({ run: z.string().optional() })).optional() }),
    );
    const jobs = steps.parse(z.looseObject({ jobs: z.unknown() }).parse(parse(read(file))).jobs);
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });
});

/** Every `uses` of a workflow, of jobs and of steps, however it is written. */
function targetsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(targetsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, within]) =>
    key === "uses" && typeof within === "string" ? [within] : targetsIn(within),
  );
}

/** Where an action or a workflow of ours must lie; undefined for a third party's. */
function placeOf(file: string, target: string): string | undefined {
  const [, start, path = ""] = /^(\$|\.|seaworthy\/seaworthy)\/([^@]+)/.exec(target) ?? [];
  if (start === undefined) return undefined;
  const folder = start === "." ? (/^examples\/[^/]+\//.exec(file)?.[0] ?? "") : "";
  return `${folder}${path}${path.endsWith(".yml") ? "" : "/action.yml"}`;
}

describe("the dependencies", () => {
  it("are few, exact, and without a lockfile that names where they came from", () => {
    const manifest = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read("package.json")));
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(13);
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const lock of ["package-lock.json", "scripts/runtime/package-lock.json"])
      expect(read(lock)).not.toContain('"resolved"');
  });
});

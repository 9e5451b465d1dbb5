import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildExampleRepository } from "../example-history.ts";
import { type NpmRegistry, startNpmRegistry } from "./npm.ts";
import { npmClient } from "./npm-client.ts";
import { publishTag } from "./npm-seed.ts";

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../examples/npm-package");

const names = ["@example/tide-table"];

let folder: string;
let registry: NpmRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "npm-seed-"));
  registry = await startNpmRegistry({ storage: join(folder, "registry"), clock: { now: () => new Date() } });
  await buildExampleRepository(EXAMPLE, repository());
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a published tag", () => {
  it("is installed and run by a stranger at its own version", async () => {
    expect(await publishTag({ registry, repository: repository(), names, tag: "v1.0.0" })).toBe(
      "@example/tide-table@1.0.0",
    );
    const npm = await npmClient(join(folder, "stranger"), registry.npmrc("read"));
    const run = await npm(folder, "exec", "--yes", "--package=@example/tide-table", "--", "tide-table", "--version");
    expect(run).toMatchObject({ code: 0, stdout: "1.0.0\n" });
  });

  it("stays as it is when it is published again", async () => {
    await publishTag({ registry, repository: repository(), names, tag: "v1.0.0" });
    const before = await registry.packages();
    await publishTag({ registry, repository: repository(), names, tag: "v1.0.0" });
    expect(await registry.packages()).toEqual(before);
  });

  it("must be of a package that is released, and both names are said", async () => {
    const other = { registry, repository: repository(), names: ["@example/other"], tag: "v1.0.0" };
    await expect(publishTag(other)).rejects.toThrow(/@example\/other .* found @example\/tide-table/);
    expect(await registry.packages()).toEqual({});
  });

  it("must exist", async () => {
    await expect(publishTag({ registry, repository: repository(), names, tag: "v9.9.9" })).rejects.toThrow("v9.9.9");
    expect(await registry.packages()).toEqual({});
  });
});

function repository(): string {
  return join(folder, "example.git");
}

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npmPackageInstall } from "#src/adapters/npm-package-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { configSchema } from "#src/contract/config/schema";
import { alike } from "#src/testing/alike";
import { aRelease } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { tarballOf } from "#src/testing/tarball";
import { judge } from "./decide.ts";
import { strays } from "./judge-trial.ts";
import { tryScenario } from "./try-scenario.ts";

const program = `#!/usr/bin/env node
const { writeFileSync } = require("node:fs");
const [, , word, file] = process.argv;
if (word === "write") writeFileSync(file, '{"completed":true}\\n');
console.log("buoy 1.1.0", process.env.HOME);
`;
const archive = tarballOf({ name: "buoy", version: "1.1.0", bin: "cli.js" }, [
  { path: "package/cli.js", content: program },
]);
const digest = (algorithm: string) => createHash(algorithm).update(archive).digest("hex");

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "smoke-")));
  await mkdir(join(folder, "checkout"));
  await mkdir(join(folder, "temp"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function attempt(scenario: object) {
  const config = configSchema.parse({
    channels: [{ id: "npm", kind: "npm", package: "buoy" }],
    smoke: { scenarios: [{ id: "one", ...scenario }] },
  });
  const file = {
    name: "buoy-1.1.0.tgz",
    kind: "npm" as const,
    package: "buoy",
    platform: null,
    size: archive.length,
    sha256: digest("sha256"),
    sha512: digest("sha512"),
    mode: "644",
    registry: null,
  };
  const release = { ...aRelease({ mode: "rehearsal" }), tag: "v1.1.0", version: "1.1.0" };
  const shell = systemShell();
  const [policy] = config.smoke.scenarios;
  if (!policy) throw new Error("expected a scenario, found none");
  const trial = await tryScenario(
    policy,
    { setting: { release, channels: config.channels, built: [file] }, archives: () => archive },
    {
      shell,
      clock: fakeClock(),
      packages: alike(npmPackageInstall(shell, {})),
      repository: { clone: async () => ({ head: "" }) },
      workspaces: throwawayWorkspaces({ temp: join(folder, "temp"), workspace: join(folder, "checkout") }),
    },
  );
  const { findings } = judge(trial, "1.1.0");
  return { trial, codes: findings.map(({ code }) => code), strays: strays(trial).map(({ path }) => path) };
}

describe("a scenario on the real disk, with the real npm client", () => {
  it("passes with a home of its own, and leaves no trace outside its workspace", async () => {
    const { codes, trial } = await attempt({
      run: "buoy write log.jsonl",
      expect: { version: true, "json-lines": [{ file: "log.jsonl", pointer: "/completed", equals: true }] },
    });
    expect(codes).toEqual([]);
    expect(trial.execution?.output).toBe(`buoy 1.1.0 ${trial.root}/home\n`);
    expect(await readdir(join(folder, "checkout"))).toEqual([]);
  });

  it("SMK-09 F53: is seen to write into the checkout, its home, and undeclared files", async () => {
    const { codes, strays: found } = await attempt({
      run: `buoy write "${join(folder, "checkout")}/dirt"; buoy write "$HOME/.rc"; buoy write stray`,
      expect: { exit: 0 },
    });
    expect(codes).toEqual(["smoke.tree-dirty", "smoke.isolation-leak"]);
    expect(found).toEqual(["stray"]);
  });

  it("is stopped when its time is up", async () => {
    const { codes } = await attempt({ run: "exec tail -f /dev/null", timeout: "200ms", expect: { exit: 0 } });
    expect(codes).toEqual(["smoke.hung"]);
  });
});

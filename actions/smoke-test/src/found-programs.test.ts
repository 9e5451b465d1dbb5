import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemShell } from "#src/adapters/system-shell";
import { configSchema } from "#src/contract/config/schema";
import { anInstalledPackage } from "#src/testing/fake-package-install";
import { findPrograms } from "./found-programs.ts";
import { judgePrograms } from "./judge-installation.ts";

const wanted = { name: "tide", version: "1.1.0" };
let root = "";

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "found-programs-")));
  for (const path of ["host/tide", "workspace/lib/tide", "workspace/bin/own"]) await program(path);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function program(path: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), "#!/bin/sh\n");
  await chmod(join(root, path), 0o755);
}

async function find(name: string, found = {}) {
  const [scenario] = configSchema.parse({ smoke: { scenarios: [{ id: "one", run: name, programs: [name] }] } }).smoke
    .scenarios;
  if (!scenario) throw new Error("expected a scenario, found none");
  const PATH = `${join(root, "host")}:${process.env.PATH}`;
  const workspace = { root, directory: join(root, "workspace"), home: join(root, "home"), environment: { PATH } };
  const installation = { kind: "package" as const, wanted, found: anInstalledPackage({ path: ["bin"], ...found }) };
  return findPrograms(scenario, { installation, workspace }, systemShell());
}

describe("SMK-10 F52: a program that a scenario calls", () => {
  it("is the installation's own where it lies in one of its folders", async () => {
    expect(await find("own")).toEqual([{ name: "own", path: join(root, "workspace/bin/own"), inside: true }]);
  });

  it("is the installation's own where a link in its folder leads to another of its folders", async () => {
    await symlink("../lib/tide", join(root, "workspace/bin/tide"));
    expect(await find("tide")).toMatchObject([{ inside: true }]);
  });

  it("is the machine's where a link in the installation leads to it, and is told by where it leads", async () => {
    await symlink(join(root, "host/tide"), join(root, "workspace/bin/tide"));
    const found = await find("tide");
    expect(found).toMatchObject([{ inside: false }]);
    expect(judgePrograms(found)[0]?.because).toContain(`which is ${join(root, "host/tide")}`);
  });

  it("may be the machine's where the client lends it on purpose, as an environment of Python does its interpreter", async () => {
    await symlink(join(root, "host/tide"), join(root, "workspace/bin/tide"));
    expect(await find("tide", { borrowed: ["tide"] })).toMatchObject([{ inside: true }]);
  });

  it.each([
    ["is the machine's where the installation has none", "tide"],
    ["is none where the shell has a word of that name", "echo"],
    ["is none where nobody has one", "no-such-program-here"],
  ])("%s", async (_rule, name) => {
    expect(await find(name, { borrowed: [name] })).toMatchObject([{ inside: false }]);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pipPackageInstall } from "#src/adapters/pip-package-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import type { PackageArchive } from "#src/ports/package-install";
import type { Workspace } from "#src/ports/workspaces";
import {
  sdistOf,
  type TestDistribution,
  type TestProject,
  uploadDistribution,
  wheelOf,
} from "#src/testing/python-distributions";
import { type PypiIndex, startPypiIndex } from "../../rehearsal/registries/pypi/pypi.ts";

const wanted = { name: "Tide-Table", version: "1.1.0" };
const command = "def main():\n    import tide_table\n    print('tide_table', tide_table.VERSION)\n";
const project: TestProject = { name: "tide_table", version: "1.1.0", code: `VERSION = '1.1.0'\n${command}` };
const needy = { ...project, code: `import sea_level\n${project.code}` };
const dependency = { name: "sea_level", version: "2.0.0", code: "LEVEL = 7\n" };

let folder: string;
let index: PypiIndex;
let into: Workspace;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pip-install-"));
  for (const name of ["temp", "workspace", "home"]) mkdirSync(join(folder, name));
  index = await startPypiIndex({ storage: join(folder, "index"), clock: { now: () => new Date() } });
  const places = { temp: join(folder, "temp"), workspace: join(folder, "workspace") };
  into = await throwawayWorkspaces(places, source()).open("tide");
});
afterEach(async () => {
  await index.close();
  rmSync(folder, { recursive: true });
});

describe("a wheel that the real pip installs", () => {
  it("SMK-10 SMK-24: stands alone in a new environment, out of exactly the bytes that were downloaded", async () => {
    const program = { ...project, programs: { "tide-table": "tide_table:main" } };
    await publish(program, wheelOf(program), sdistOf(program));
    const archives = await downloaded();
    expect(archives.map(({ name }) => name)).toEqual(["tide_table-1.1.0-py3-none-any.whl"]);
    expect(Buffer.from(archives[0]?.bytes ?? [])).toEqual(Buffer.from(wheelOf(program).bytes));
    expect(await client().install(archives, wanted, into)).toMatchObject({
      ...wanted,
      resolved: expect.stringMatching(/^venv\/lib\/python[\d.]+\/site-packages$/),
      within: ["venv"],
      programs: [{ name: "tide-table", resolved: "venv/bin/tide-table" }],
      borrowed: expect.arrayContaining(["python"]),
      path: ["venv/bin"],
      variables: { VIRTUAL_ENV: join(into.directory, "venv") },
    });
    expect((await run("venv/bin/tide-table")).output).toBe("tide_table 1.1.0\n");
  });

  it("SMK-24: brings the dependencies that it declares", async () => {
    await publish(dependency, wheelOf(dependency));
    const declaring = { ...needy, requires: ["sea-level>=2"] };
    expect(await client().install(archivesOf(wheelOf(declaring)), wanted, into)).toMatchObject(wanted);
    expect(await run("venv/bin/python -c 'import tide_table'")).toMatchObject({ exit: 0 });
  });

  it("SMK-24 F39: fails to import what it needs and does not declare", async () => {
    await publish(dependency, wheelOf(dependency));
    expect(await client().install(archivesOf(wheelOf(needy)), wanted, into)).toMatchObject(wanted);
    const imported = await run("venv/bin/python -c 'import tide_table'");
    expect(imported.exit).toBe(1);
    expect(imported.output).toContain("No module named 'sea_level'");
  });

  it("SMK-24 F39: brings the backend that a scenario wants, and tells which ones the wheel declares", async () => {
    await publish(dependency, wheelOf(dependency));
    const backed = wheelOf({ ...needy, extras: { "sea-level": ["sea-level>=2"] } });
    const bare = await client().install(archivesOf(backed), { ...wanted, backends: ["tides"] }, into);
    expect(bare).toMatchObject({ ...wanted, backends: ["sea-level"] });
    expect(await run("venv/bin/python -c 'import tide_table'")).toMatchObject({ exit: 1 });
    const whole = await client().install(archivesOf(backed), { ...wanted, backends: ["sea-level"] }, into);
    expect(whole).toMatchObject({ ...wanted, backends: ["sea-level"] });
    expect(await run("venv/bin/python -c 'import tide_table'")).toMatchObject({ exit: 0 });
  });

  it("is in trouble when a dependency is nowhere", async () => {
    const declaring = { ...needy, requires: ["sea-level>=2"] };
    const outcome = await client().install(archivesOf(wheelOf(declaring)), wanted, into);
    expect(outcome).toMatchObject({ trouble: { ended: "exit code 1", said: expect.stringContaining("sea-level") } });
  });

  it("is the one that suits this machine, of several that were built", async () => {
    const foreign = { ...wheelOf(project), filename: "tide_table-1.1.0-cp39-cp39-win_amd64.whl" };
    const archives = archivesOf(foreign, wheelOf(project), sdistOf(project));
    expect(await client().install(archives, wanted, into)).toMatchObject(wanted);
    expect(await client().install(archivesOf(foreign), wanted, into)).toHaveProperty("trouble");
  });

  it("SMK-10: is never taken from a folder of this machine, and never a source distribution", async () => {
    writeFileSync(join(folder, "tide_table-1.1.0-py3-none-any.whl"), wheelOf(project).bytes);
    expect(await client({ PIP_FIND_LINKS: folder }).download(wanted, into)).toHaveProperty("trouble");
    await publish(project, sdistOf(project));
    expect(await client().download(wanted, into)).toHaveProperty("trouble");
    expect(await client().install(archivesOf(sdistOf(project)), wanted, into)).toHaveProperty("trouble");
  });

  it("SMK-09: leaves nothing in the user's home, nor in the scenario's, whatever pip asks of other programs", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "rustc"), '#!/bin/sh\ntouch "$HOME/asked"\necho "rustc 1.90.0"\n', { mode: 0o755 });
    const own = { ...into, environment: { ...into.environment, PATH: `${bin}:${into.environment.PATH}` } };
    await publish(project, wheelOf(project));
    expect(await client().install(archivesOf(wheelOf(project)), wanted, own)).toMatchObject(wanted);
    expect(readdirSync(into.home)).toEqual([]);
    expect(existsSync(join(folder, "home/.cache"))).toBe(false);
    expect(existsSync(join(folder, "home/.local"))).toBe(false);
  });
});

function client(more: Record<string, string> = {}) {
  return pipPackageInstall(systemShell(), { ...source(), ...more });
}

function source(): Record<string, string | undefined> {
  const { PATH, HOME, PYENV_ROOT } = process.env;
  const versions = PYENV_ROOT ?? join(HOME ?? "", ".pyenv");
  return { PATH, HOME: join(folder, "home"), PYENV_ROOT: versions, ...index.readingEnvironment };
}

async function publish({ name, version }: TestProject, ...distributions: TestDistribution[]): Promise<void> {
  for (const each of distributions) {
    const { status: code } = await uploadDistribution(each, { name, version }, index.publishingEnvironment);
    if (code !== 200) throw new Error(`expected the upload of ${each.filename} to be taken, found ${code}`);
  }
}

async function downloaded(): Promise<PackageArchive[]> {
  const outcome = await client().download(wanted, into);
  if ("trouble" in outcome) throw new Error(outcome.trouble.said);
  return outcome.archives;
}

function archivesOf(...distributions: TestDistribution[]): PackageArchive[] {
  return distributions.map(({ filename, bytes }) => ({ name: filename, bytes }));
}

function run(line: string) {
  return systemShell().run({ line, directory: into.directory, environment: into.environment, timeout: 60_000 });
}

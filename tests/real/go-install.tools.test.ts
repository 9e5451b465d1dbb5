import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goPackageInstall } from "#src/adapters/go-package-install";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import type { Workspace } from "#src/ports/workspaces";
import { gitEnvironment } from "../../rehearsal/github/git/git.ts";
import { type ModuleProxy, startModuleProxy } from "../../rehearsal/registries/go-proxy.ts";
import { root } from "../root.ts";

const path = "example.com/Buoy";
const wanted = { name: path, version: "1.1.0" };
const program = (text: string) => `package main\n\nfunc main() { println("${text}") }\n`;

let folder: string;
let proxy: ModuleProxy;
let into: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "go-install-"));
  for (const name of ["temp", "workspace", "home", "repository"]) mkdirSync(join(folder, name));
  git("init", "--quiet");
  proxy = await startModuleProxy({
    storage: join(folder, "proxy"),
    clock: { now: () => new Date() },
    modules: [{ path, repository: join(folder, "repository/.git") }],
  });
  const places = { temp: join(folder, "temp"), workspace: join(folder, "workspace") };
  into = await throwawayWorkspaces(places, source()).open("buoy");
});
afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a module that the real go installs", () => {
  it("SMK-10: is every program of exactly the zip that was downloaded, whatever the proxy serves since", async () => {
    tag("v1.1.0", {
      "main.go": program("top"),
      "cmd/dive/main.go": program("dive"),
      "chart/chart.go": "package chart\n",
    });
    const archives = await downloaded();
    expect(archives).toMatchObject([{ registry: expect.stringMatching(/^h1:/) }]);
    proxy.faults.otherBytes(`${path}@v1.1.0`);
    expect((await downloaded())[0]?.registry).not.toBe(archives[0]?.registry);
    proxy.faults.unavailable();
    expect(await install().install(archives, wanted, into)).toMatchObject({
      ...wanted,
      programs: [
        { name: "Buoy", resolved: "bin/Buoy" },
        { name: "dive", resolved: "bin/dive" },
      ],
      path: ["bin"],
    });
    expect((await run("bin/dive")).output).toBe("dive\n");
    expect(readdirSync(into.home)).toEqual([]);
  });

  it("is a requirement of a project that builds, where it is a library", async () => {
    tag("v1.1.0", { "buoy.go": "package buoy\n\nconst Depth = 7\n" });
    const found = await install().install(await downloaded(), wanted, into);
    if ("trouble" in found) throw new Error(found.trouble.said);
    expect(found).toMatchObject({ ...wanted, programs: [] });
    proxy.faults.unavailable();
    writeFileSync(
      join(into.directory, "main.go"),
      `package main\n\nimport "${path}"\n\nfunc main() { println(buoy.Depth) }\n`,
    );
    expect((await run("go run .", found.variables)).output).toBe("7\n");
    expect(readdirSync(into.home)).toEqual([]);
  });

  it.each([
    { title: "keeps what it compiles in the folder that the job names", named: true },
    { title: "compiles everything anew where the job names none", named: false },
  ])("$title", async ({ named }) => {
    tag("v1.1.0", { "main.go": "package main\n\nfunc main() {}\n" });
    const cache = join(folder, "kept");
    const client = goPackageInstall(systemShell(), { ...source(), GOCACHE: named ? cache : undefined });
    expect(await client.install(await downloaded(), wanted, into)).toMatchObject(wanted);
    expect(existsSync(cache)).toBe(named);
    expect(existsSync(join(into.root, "go-build"))).toBe(!named);
  });

  it("ends in trouble with the words of go, where there is no such version or it does not build", async () => {
    const absent = await install().download(wanted, into);
    expect(absent).toMatchObject({ trouble: { ended: "exit code 1", said: expect.stringContaining("404") } });
    tag("v1.1.0", { "main.go": "package main\n\nfunc main() { undeclared() }\n" });
    const broken = await install().install(await downloaded(), wanted, into);
    expect(broken).toMatchObject({ trouble: { said: expect.stringContaining("undeclared") } });
  });
});

const source = () => ({
  PATH: process.env.PATH,
  HOME: join(folder, "home"),
  GOCACHE: join(root, ".cache/go-build"),
  ...proxy.environment,
});

const install = () => goPackageInstall(systemShell(), source());

async function downloaded() {
  const place = await throwawayWorkspaces({ temp: join(folder, "temp"), workspace: folder }, source()).open("download");
  const found = await install().download(wanted, place);
  if ("trouble" in found) throw new Error(found.trouble.said);
  return found.archives;
}

function run(line: string, variables: Record<string, string> = {}) {
  const { directory, environment } = into;
  return systemShell().run({ line, directory, environment: { ...environment, ...variables }, timeout: 60_000 });
}

function tag(name: string, files: Record<string, string>) {
  for (const [file, text] of Object.entries({ "go.mod": `module ${path}\n\ngo 1.21\n`, ...files })) {
    const target = join(folder, "repository", file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  git("add", ".");
  git("commit", "--quiet", `--message=${name}`);
  git("tag", name);
}

function git(...args: string[]) {
  const person = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  execFileSync("git", [...person, ...args], { cwd: join(folder, "repository"), env: gitEnvironment() });
}

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitEnvironment } from "../github/git/git.ts";
import { goClient } from "./go-client.ts";
import { type ModuleProxy, startModuleProxy } from "./go-proxy.ts";

const MINUTE = 60_000;
/** The ending tells go that the origin is a git repository, without asking its host. */
const module = "example.com/Buoy.git";

let folder: string;
let proxy: ModuleProxy;
let time: Date;
let journal: object[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "go-proxy-"));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  git("init", "--quiet", "--initial-branch=main", ".");
  tag("v1.0.0", {
    "go.mod": `module ${module}\n\ngo 1.21\n`,
    "main.go": 'package main\n\nfunc main() { println("buoy") }\n',
  });
  await start();
});

afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the proxy of modules", () => {
  it("serves a tag to the real go, which installs the program in it", async () => {
    expect(await download("v1.0.0")).toMatchObject({ Version: "v1.0.0", Sum: expect.stringMatching(/^h1:/) });
    const { code, stderr } = await go("install", `${module}@v1.0.0`);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`downloading ${module} v1.0.0`)]);
  });

  it("packs a module as go itself packs its repository: without vendored packages, and without modules below", async () => {
    tag("v1.1.0", {
      "vendor/modules.txt": "# none\n",
      "vendor/example.com/x/x.go": "package x\n",
      "below/go.mod": `module ${module}/below\n`,
      "below/b.go": "package b\n",
      "deep/er/file.txt": "kept\n",
    });
    symlinkSync("go.mod", join(folder, "repository/link"));
    tag("v1.1.1", {});
    for (const version of ["v1.1.0", "v1.1.1"]) {
      const { Sum } = await download(version);
      expect(Sum).toMatch(/^h1:/);
      expect((await downloadDirectly(version)).Sum).toBe(Sum);
    }
  });

  it("serves the module of a folder under the folder's own tags", async () => {
    tag("below/v0.1.0", { "below/go.mod": `module ${module}/below\n`, "below/b.go": "package b\n" });
    expect(await download("v0.1.0", `${module}/below`)).toMatchObject({ Version: "v0.1.0" });
    expect((await download("v1.0.0", `${module}/below`)).Error).toContain("404");
  });

  it("keeps what it has served: neither a tag that moves nor a restart changes a sum", async () => {
    const { Sum } = await download("v1.0.0");
    writeFiles({ "more.go": "package main\n" });
    git("add", ".");
    git("commit", "--quiet", "--message=more");
    git("tag", "--force", "v1.0.0");
    await proxy.close();
    await start();
    expect((await download("v1.0.0")).Sum).toBe(Sum);
  });

  it.each([
    ["a version without a tag", "v1.0.9", module],
    ["a module of nobody", "v1.0.0", "example.com/other"],
    ["a tag of another major version", "v2.0.0", module],
  ])("does not know %s", async (_what, version, path) => {
    git("tag", "v2.0.0");
    expect((await download(version, path)).Error).toContain("404 Not Found");
  });

  it("tells of a retraction that a newer version makes", async () => {
    tag("v1.1.0", { "go.mod": `module ${module}\n\ngo 1.21\n\nretract v1.0.0 // leaks\n` });
    const { stdout } = await go("list", "-m", "-retracted", "-versions", "-json", `${module}@v1.0.0`);
    expect(JSON.parse(stdout)).toMatchObject({ Versions: ["v1.0.0", "v1.1.0"], Retracted: ["leaks"] });
  });
});

describe("a proxy of modules with faults", () => {
  beforeEach(() => proxy.fetchAll());

  it.each(["list", "version"] as const)(
    "lets the %s endpoint alone lag, until exactly the lag is over",
    async (endpoint) => {
      proxy.faults.lag(10, endpoint);
      tag("v1.1.0", { "more.go": "package main\n" });
      const found = async () => ({
        version: (await download("v1.1.0")).Error === undefined,
        list: (await versions()).includes("v1.1.0"),
      });
      expect(await found()).toEqual({ version: true, list: true, [endpoint]: false });
      expect(journal).toContainEqual(expect.objectContaining({ fault: "lag" }));
      time = new Date(time.getTime() + 10 * MINUTE - 1);
      expect(await found()).toEqual({ version: true, list: true, [endpoint]: false });
      time = new Date(time.getTime() + 1);
      expect(await found()).toEqual({ version: true, list: true });
    },
  );

  it("names the latest version of the instant since which it is stale", async () => {
    proxy.faults.stale(time);
    time = new Date(time.getTime() + MINUTE);
    tag("v1.1.0", { "more.go": "package main\n" });
    expect([await latest(), (await download("v1.1.0")).Version]).toEqual(["v1.0.0", "v1.1.0"]);
    proxy.faults.clear();
    expect(await latest()).toBe("v1.1.0");
  });

  it("answers 503 so many times, and 429 until exactly the instant that it names", async () => {
    proxy.faults.unavailable(1);
    expect((await download("v1.0.0")).Error).toContain("503 Service Unavailable");
    proxy.faults.limited(new Date(time.getTime() + MINUTE));
    expect((await download("v1.0.0")).Error).toContain("try again after Sun, 01 Mar 2026 12:01:00 GMT");
    time = new Date(time.getTime() + MINUTE);
    expect((await download("v1.0.0")).Error).toBeUndefined();
  });

  it("serves other bytes under another sum", async () => {
    const { Sum } = await download("v1.0.0");
    proxy.faults.otherBytes(`${module}@v1.0.0`);
    const other = await download("v1.0.0");
    expect(other.Error).toBeUndefined();
    expect(other.Sum).not.toBe(Sum);
  });

  it("loses a response", async () => {
    proxy.faults.loseResponse();
    expect((await download("v1.0.0")).Error).toContain("EOF");
    expect((await download("v1.0.0")).Error).toBeUndefined();
  });
});

interface Downloaded {
  Version?: string;
  Sum?: string;
  Error?: string;
}

async function start() {
  const repository = join(folder, "repository/.git");
  proxy = await startModuleProxy({
    storage: join(folder, "proxy"),
    clock: { now: () => time },
    journal: (line) => journal.push(line),
    modules: [
      { path: module, repository },
      { path: `${module}/below`, repository, folder: "below" },
    ],
  });
}

async function download(version: string, path = module): Promise<Downloaded> {
  return JSON.parse((await go("mod", "download", "-json", `${path}@${version}`)).stdout);
}

/** Lets go fetch the repository by itself, as a proxy does. */
async function downloadDirectly(version: string): Promise<Downloaded> {
  const home = await mkdtemp(join(folder, "direct-"));
  const environment = {
    GOPROXY: "direct",
    GOSUMDB: "off",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${join(folder, "repository/.git")}.insteadOf`,
    GIT_CONFIG_VALUE_0: "https://example.com/Buoy",
    GIT_ALLOW_PROTOCOL: "https:file",
  };
  const client = await goClient(home, { environment });
  return JSON.parse((await client(home, "mod", "download", "-json", `${module}@${version}`)).stdout);
}

async function versions(): Promise<string[]> {
  const { stdout } = await go("list", "-m", "-retracted", "-versions", "-json", module);
  return JSON.parse(stdout).Versions;
}

async function latest(): Promise<string> {
  return JSON.parse((await go("list", "-m", "-json", `${module}@latest`)).stdout).Version;
}

/** Asks as a stranger would, with caches of its own. */
async function go(...args: string[]) {
  const home = await mkdtemp(join(folder, "stranger-"));
  return (await goClient(home, proxy))(home, ...args);
}

function tag(name: string, files: Record<string, string>, removed: string[] = []) {
  writeFiles(files);
  if (removed.length > 0) git("rm", "-r", "--quiet", ...removed);
  git("add", ".");
  git("commit", "--quiet", "--allow-empty", `--message=${name}`);
  git("tag", name);
}

function writeFiles(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, "repository", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function git(...args: string[]) {
  const cwd = join(folder, "repository");
  mkdirSync(cwd, { recursive: true });
  const person = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  execFileSync("git", [...person, ...args], { cwd, env: gitEnvironment() });
}

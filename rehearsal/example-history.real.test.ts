import { execFile, execFileSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildExampleRepository } from "./example-history.ts";

const EXAMPLES = join(dirname(dirname(fileURLToPath(import.meta.url))), "examples");

const run = promisify(execFile);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "example-history-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each(["npm-package", "release-manager", "service", "ship-it-cli"])("the repository of examples/%s", (name) => {
  const example = join(EXAMPLES, name);

  it("has the same ids each time it is built", async () => {
    const first = await buildExampleRepository(example, join(folder, "first.git"));
    const second = await buildExampleRepository(example, join(folder, "second.git"));
    expect(first).toEqual(second);
    expect(first.commits.length).toBeGreaterThan(4);
  });

  it("holds at its head exactly the example, without the description of its history", async () => {
    const { head } = await buildExampleRepository(example, bare());
    const tree = await checkout(head);
    await cp(example, join(folder, "expected"), { recursive: true });
    await rm(join(folder, "expected/history"), { recursive: true });
    await rm(join(folder, "expected/node_modules"), { recursive: true, force: true });
    expect(differences(join(folder, "expected"), tree)).toBe("");
  });
});

it("prepares the release on the day that is given, so that its changelog is dated with the day of the release", async () => {
  const { head } = await buildExampleRepository(join(EXAMPLES, "npm-package"), bare(), "2031-02-03");
  expect(git("show", `${head}:CHANGELOG.md`)).toContain("## [1.1.0] - 2031-02-03\n");
  expect(git("show", `${head}:CHANGELOG.md`)).toContain("## [1.0.0] - 2026-10-05\n");
  expect(git("log", "-1", "--format=%cI", head)).toMatch(/^2031-02-03T00:00:00/);
});

describe.each(["npm-package", "release-manager", "service"])("the package in examples/%s", (name) => {
  const example = join(EXAMPLES, name);

  it("tags 1.0.0 with an annotated tag and leaves 1.1.0 to be released", async () => {
    const { head, tags } = await buildExampleRepository(example, bare());
    expect(Object.keys(tags)).toEqual(["v1.0.0"]);
    expect(git("cat-file", "-t", tags["v1.0.0"] ?? "")).toBe("tag");
    expect([await versions("v1.0.0"), await versions(head)]).toEqual([
      ["1.0.0", "1.0.0", "1.0.0"],
      ["1.1.0", "1.1.0", "1.1.0"],
    ]);
  });

  it("passes its own tests at every commit", async () => {
    const { commits } = await buildExampleRepository(example, bare());
    const runs = commits.map(async (commit) => run("npm", ["test"], { cwd: await checkout(commit) }));
    for (const { stdout } of await Promise.all(runs)) {
      expect(stdout).toMatch(/(?:#|ℹ) pass [1-9]\d*\n/);
      expect(stdout).toMatch(/(?:#|ℹ) fail 0\n/);
    }
  });
});

describe("the repository of examples/ship-it-cli", () => {
  const example = join(EXAMPLES, "ship-it-cli");

  it("has main on the released version, and dev ahead of it by fast-forward", async () => {
    const { branch, head, tags } = await buildExampleRepository(example, bare());
    expect([branch, git("rev-parse", "dev"), git("symbolic-ref", "HEAD")]).toEqual(["dev", head, "refs/heads/main"]);
    expect(git("rev-parse", "main")).toBe(git("rev-parse", `${tags["v1.0.0"]}^{commit}`));
    expect(git("rev-list", "--left-right", "--count", "main...dev")).toBe("0\t3");
    expect([git("show", "main:VERSION"), git("show", "dev:VERSION")]).toEqual(["1.0.0", "1.1.0"]);
  });

  it("passes its own tests at every commit", async () => {
    const { commits } = await buildExampleRepository(example, bare());
    for (const commit of commits) {
      const { stdout } = await run("test/run.sh", [], { cwd: await checkout(commit) });
      expect(stdout).toMatch(/^pass [1-9]\d*, fail 0$/m);
    }
  });
});

describe("a described history", () => {
  it("replaces, keeps and removes files, and keeps the executable bit", async () => {
    await write("run.sh", "new\n");
    await chmod(join(folder, "example/run.sh"), 0o755);
    await write("history/first/run.sh", "old\n");
    await write("history/first/gone.txt", "gone\n");
    await describeHistory([
      { message: "one", date: "2026-01-01T00:00:00Z", earlier: "first" },
      { message: "two\n\nbody", date: "2026-01-02T00:00:00Z", final: ["run.sh"], removed: ["gone.txt"] },
      { message: "three", date: "2026-01-03T00:00:00Z" },
    ]);
    const { commits } = await buildExampleRepository(join(folder, "example"), bare());
    const trees = commits.map((commit) => git("ls-tree", "-r", "--format=%(objectmode) %(path)", commit).split("\n"));
    expect(trees).toEqual([["100644 gone.txt", "100644 run.sh"], ["100755 run.sh"], ["100755 run.sh"]]);
    expect(git("log", "-1", "--format=%B%ct", commits[1] ?? "")).toBe("two\n\nbody\n1767312000");
  });

  it.each([
    ["a file that the example does not have", { final: ["absent.txt"] }, "expected absent.txt"],
    ["a folder that is not there", { earlier: "absent" }, "found none"],
    ["an unknown key", { finale: ["run.sh"] }, "finale"],
  ])("is refused for %s", async (_case, wrong, message) => {
    await write("run.sh", "new\n");
    await describeHistory([
      { message: "one", date: "2026-01-01T00:00:00Z", ...wrong },
      { message: "two", date: "2026-01-02T00:00:00Z" },
    ]);
    await expect(buildExampleRepository(join(folder, "example"), bare())).rejects.toThrow(message);
  });
});

function bare(): string {
  return join(folder, "bare.git");
}

function git(...args: string[]): string {
  return execFileSync("git", ["-C", bare(), ...args], { encoding: "utf8" }).trim();
}

async function checkout(commit: string): Promise<string> {
  const tree = await mkdtemp(join(folder, "tree-"));
  execFileSync("tar", ["-x", "-C", tree], { input: execFileSync("git", ["-C", bare(), "archive", commit]) });
  return tree;
}

async function versions(commit: string): Promise<unknown[]> {
  const tree = await checkout(commit);
  const read = async (file: string) => JSON.parse(await readFile(join(tree, file), "utf8"));
  const [manifest, lock] = [await read("package.json"), await read("package-lock.json")];
  const heading = /^## \[(\d[^\]]*)\] - \d{4}-\d{2}-\d{2}$/m.exec(await readFile(join(tree, "CHANGELOG.md"), "utf8"));
  expect(lock.packages[""].version).toBe(lock.version);
  return [manifest.version, lock.version, heading?.[1]];
}

function differences(expected: string, found: string): string {
  return execFileSync("git", ["diff", "--no-index", "--stat", expected, found], { encoding: "utf8" });
}

async function write(path: string, content: string) {
  await mkdir(dirname(join(folder, "example", path)), { recursive: true });
  await writeFile(join(folder, "example", path), content);
}

async function describeHistory(commits: object[]) {
  await write("history/history.json", JSON.stringify({ author: { name: "A", email: "a@example.com" }, commits }));
}

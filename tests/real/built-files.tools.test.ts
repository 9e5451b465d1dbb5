import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aRelease } from "#src/testing/builders";
import { openArchive } from "../../actions/build-manifest/src/kinds/archive.ts";
import { openCrate } from "../../actions/build-manifest/src/kinds/crate.ts";
import { programForm } from "../../actions/build-manifest/src/kinds/program-form.ts";
import { openSdist } from "../../actions/build-manifest/src/kinds/sdist.ts";
import { openWheel } from "../../actions/build-manifest/src/kinds/wheel.ts";
import type { OpeningPolicy } from "../../actions/build-manifest/src/opening.ts";
import { gitEnvironment } from "../../rehearsal/github/git/git.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "built-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: string[], variables: Record<string, string> = {}) =>
  execFileSync(program, args, { cwd: folder, env: { ...process.env, ...variables }, stdio: ["ignore", "pipe", "pipe"] })
    .toString()
    .trim();
const policyOf = (sha: string): OpeningPolicy => ({
  release: { ...aRelease({ sha }), tag: "v1.1.0", version: "1.1.0" },
  packages: ["tide-table"],
  programs: [],
  tree: [],
  image: "",
});
const candidate = (path: string) => ({
  name: path.split("/").at(-1) ?? "",
  path,
  bytes: readFileSync(join(folder, path)),
});

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Tide", "-c", "user.email=tide@example.com", ...args], {
      cwd: folder,
      env: gitEnvironment(),
    });
  git("init", "--quiet", ".");
  git("add", ".");
  git("commit", "--quiet", "--message=one");
  return git("rev-parse", "HEAD").toString().trim();
}

describe("what the ecosystems' own tools build", () => {
  it("BLD-02 BLD-08: a crate of the real cargo passes at its commit, and at no other", () => {
    write({
      "Cargo.toml": '[package]\nname = "tide-table"\nversion = "1.1.0"\nedition = "2021"\n',
      "src/lib.rs": "pub fn tide() {}\n",
      ".gitignore": "target\nCargo.lock\n",
    });
    const sha = commit();
    run("cargo", ["package", "--no-verify", "--offline"]);
    const file = candidate("target/package/tide-table-1.1.0.crate");
    expect(conclude(openCrate(file, policyOf(sha)).checks).result).toBe("pass");
    expect(decidingCode(openCrate(file, policyOf("b".repeat(40))).checks)).toBe("build.sha-mismatch");
    write({ "src/lib.rs": "pub fn tides() {}\n" });
    run("cargo", ["package", "--no-verify", "--offline", "--allow-dirty"]);
    expect(decidingCode(openCrate(candidate(file.path), policyOf(sha)).checks)).toBe("build.sha-mismatch");
  });

  it("BLD-11: the wheel that Python brings along passes, and no longer with one byte changed", () => {
    const find =
      "import ensurepip, pathlib; print(*(pathlib.Path(ensurepip.__file__).parent / '_bundled').glob('pip-*.whl'))";
    const path = run("python3", ["-c", find]);
    const [name = "", version = ""] = /([^/]+)$/.exec(path)?.[1]?.split("-") ?? [];
    const bytes = readFileSync(path);
    const policy = { ...policyOf("a".repeat(40)), packages: [name] };
    const release = { ...policy.release, version };
    const open = (content: Uint8Array) =>
      openWheel({ name: path.slice(path.lastIndexOf("/") + 1), path, bytes: content }, { ...policy, release }).checks;
    expect(open(bytes).map(({ result, because }) => [result, because])).toEqual([
      ["pass", expect.any(String)],
      ["pass", `pip@${version}`],
      ["pass", "name, tags and every digest of RECORD"],
    ]);
    const at = bytes.indexOf("PK\u0003\u0004", 1) + 60;
    expect(conclude(open(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))).result).toBe("fail");
  });

  it("BLD-11: an sdist of the real setuptools passes", () => {
    write({
      "setup.py": "from setuptools import setup\nsetup(name='Tide.Table', version='1.1.0', packages=['tide_table'])\n",
      "tide_table/__init__.py": "",
    });
    run("python3", ["setup.py", "-q", "sdist", "--formats=gztar"]);
    const [name = ""] = readdirSync(join(folder, "dist"));
    expect(conclude(openSdist(candidate(`dist/${name}`), policyOf("a".repeat(40))).checks).result).toBe("pass");
  });

  it.each([
    ["linux", "amd64", "binary"],
    ["darwin", "arm64", "binary"],
    ["windows", "amd64", undefined],
  ])(
    "BLD-08 F33: a program of the real go for %s %s is told by its bytes, and packed by the real tar keeps its bits",
    (os, arch, form) => {
      write({ "go.mod": "module example.com/tide\n\ngo 1.21\n", "main.go": "package main\n\nfunc main() {}\n" });
      const variables = { GOOS: os, GOARCH: arch, CGO_ENABLED: "0", GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
      run("go", ["build", "-o", "tide", "."], variables);
      expect(programForm(readFileSync(join(folder, "tide")))).toBe(form);
      run("tar", ["-czf", "tide.tar.gz", "tide"]);
      expect(conclude(openArchive(candidate("tide.tar.gz"), policyOf("")).checks).result).toBe("pass");
      run("tar", ["--mode=644", "-czf", "lost.tar.gz", "tide"]);
      expect(decidingCode(openArchive(candidate("lost.tar.gz"), policyOf("")).checks)).toBe(
        form === undefined ? undefined : "build.mode-lost",
      );
    },
  );
});

import { describe, expect, it } from "vitest";
import { versionSection } from "#src/contract/config/version";
import { aSha } from "#src/testing/builders";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import { agreedVersion, disagreeing, readVersions } from "./version-sources.ts";

type Files = Record<string, string>;

describe("PLN-20: a version source of one file", () => {
  it.each<[rule: string, source: object, files: Files, expected: string]>([
    ["plain is the whole file", { kind: "plain", file: "VERSION" }, { VERSION: "1.2.0\n" }, "1.2.0"],
    [
      "plain leaves carriage returns and spaces out, and says so",
      { kind: "plain", file: "VERSION" },
      { VERSION: " 1.2.0\r\n" },
      "1.2.0 (white space left out)",
    ],
    ["plain is unreadable where it is empty", { kind: "plain", file: "VERSION" }, { VERSION: "\n" }, "unreadable"],
    ["plain is absent where there is no file", { kind: "plain", file: "VERSION" }, {}, "absent"],
    [
      "plain asks no former path for the released commit",
      { kind: "plain", file: "VERSION", former: ["OLD"] },
      { OLD: "1.2.0" },
      "absent",
    ],
    [
      "json follows a pointer",
      { kind: "json", file: "a.json", pointer: "/a/0/v" },
      { "a.json": '{"a":[{"v":"1.2.0"}]}' },
      "1.2.0",
    ],
    ["json takes no number", { kind: "json", file: "a.json", pointer: "/v" }, { "a.json": '{"v":1.2}' }, "unreadable"],
    [
      "json is unreadable where the pointer leads nowhere",
      { kind: "json", file: "a.json", pointer: "/v" },
      { "a.json": "{}" },
      "unreadable",
    ],
    [
      "json is unreadable where it is none",
      { kind: "json", file: "a.json", pointer: "/v" },
      { "a.json": "{" },
      "unreadable",
    ],
    [
      "toml follows keys, quoted ones with dots",
      { kind: "toml", file: "a.toml", key: 'tool."my.tool".version' },
      { "a.toml": '[tool."my.tool"]\nversion = "1.2.0"\n' },
      "1.2.0",
    ],
    ["toml takes no date", { kind: "toml", file: "a.toml", key: "v" }, { "a.toml": "v = 2026-01-01" }, "unreadable"],
    [
      "toml is unreadable where it is none",
      { kind: "toml", file: "a.toml", key: "v" },
      { "a.toml": "v =" },
      "unreadable",
    ],
    [
      "yaml follows keys and list positions",
      { kind: "yaml", file: "a.yml", key: "apps.1.version" },
      { "a.yml": "apps:\n  - {}\n  - version: 1.2.0\n" },
      "1.2.0",
    ],
    [
      "yaml takes no number for a text",
      { kind: "yaml", file: "a.yml", key: "v" },
      { "a.yml": "v: 1.10" },
      "unreadable",
    ],
    [
      "yaml refuses a key that stands twice",
      { kind: "yaml", file: "a.yml", key: "v" },
      { "a.yml": "v: 1.2.0\nv: 1.3.0\n" },
      "unreadable",
    ],
    [
      "regex finds its group on a line of its own",
      { kind: "regex", file: "a.go", pattern: '^const Version = "(.*)"$' },
      { "a.go": 'package a\nconst Version = "1.2.0"\n' },
      "1.2.0",
    ],
    [
      "regex is unreadable without a match",
      { kind: "regex", file: "a.go", pattern: "v(\\d)" },
      { "a.go": "none" },
      "unreadable",
    ],
    [
      "regex takes equal matches for one",
      { kind: "regex", file: "a.go", pattern: "v(\\S+)" },
      { "a.go": "v1.2.0 v1.2.0" },
      "1.2.0",
    ],
    [
      "regex is unreadable where matches differ",
      { kind: "regex", file: "a.go", pattern: "v(\\S+)" },
      { "a.go": "v1.2.0 v1.3.0" },
      "unreadable",
    ],
  ])("%s", async (_rule, source, files, expected) => {
    expect((await read([source], files)).map(({ words }) => words)).toEqual([expected]);
  });

  it.each([
    ["two groups", "(a)(b)"],
    ["no group", "a"],
    ["an open one", "(a"],
  ])("is no expression with %s", (_case, pattern) => {
    expect(versionSection.safeParse({ sources: [{ kind: "regex", file: "a", pattern }] }).success).toBe(false);
  });
});

const uvLock = (version: string) =>
  `version = 1\n[[package]]\nname = "aiohttp"\nversion = "3.9.0"\nsource = { registry = "https://example.org/simple" }\n[[package]]\nname = "tide-kit"\nversion = "${version}"\nsource = { editable = "." }\n`;

describe("PLN-21 PLN-22 F30: a Python project", () => {
  const project = '[project]\nname = "Tide_Kit"\nversion = "1.2.0rc1"\n';
  const dynamic = '[project]\nname = "tide-kit"\ndynamic = ["version"]\n';
  it.each<[rule: string, source: object, files: Files, expected: string[]]>([
    [
      "holds its version in the project table",
      {},
      { "pyproject.toml": project },
      ["pyproject.toml project.version: 1.2.0rc1"],
    ],
    [
      "of poetry holds it in the tool's table",
      {},
      { "pyproject.toml": '[tool.poetry]\nname = "tide"\nversion = "1.2.0"\n' },
      ["pyproject.toml tool.poetry.version: 1.2.0"],
    ],
    [
      "without a version is unreadable",
      {},
      { "pyproject.toml": '[project]\nname = "tide"\n' },
      ["pyproject.toml project.version: unreadable"],
    ],
    [
      "that is no TOML is unreadable",
      {},
      { "pyproject.toml": "[project" },
      ["pyproject.toml project.version: unreadable"],
    ],
    [
      "that is dynamic without a module is unreadable",
      {},
      { "pyproject.toml": dynamic },
      ["pyproject.toml project.version: unreadable"],
    ],
    [
      "has its own entry in the lock, and no other",
      {},
      { "pyproject.toml": project, "uv.lock": uvLock("1.2.0rc1") },
      ["pyproject.toml project.version: 1.2.0rc1", "uv.lock package tide-kit: 1.2.0rc1"],
    ],
    [
      "without an entry in its lock is unreadable there",
      {},
      { "pyproject.toml": project, "uv.lock": "version = 1\n" },
      ["pyproject.toml project.version: 1.2.0rc1", "uv.lock package Tide_Kit: unreadable"],
    ],
    [
      "holds it as a literal in the module that is named",
      { module: "tide.py" },
      { "pyproject.toml": dynamic, "tide.py": '"""Tides."""\n__version__: str = "1.2.0"  # the one\n' },
      ["pyproject.toml project.version: not-applicable", "tide.py __version__: 1.2.0"],
    ],
    [
      "whose module asks the package's metadata leaves the module out",
      { module: "tide.py" },
      {
        "pyproject.toml": project,
        "tide.py": 'from importlib.metadata import version\n__version__ = version("tide")\n',
      },
      ["pyproject.toml project.version: 1.2.0rc1", "tide.py __version__: not-applicable"],
    ],
    [
      "whose module holds neither is unreadable",
      { module: "tide.py" },
      { "pyproject.toml": project, "tide.py": "x = 1\n" },
      ["pyproject.toml project.version: 1.2.0rc1", "tide.py __version__: unreadable"],
    ],
  ])("%s", async (_rule, source, files, expected) => {
    expect(await told([{ kind: "python", ...source }], files)).toEqual(expected);
  });
});

describe("PLN-21 PLN-22 F30: a Rust project", () => {
  const crate = (name: string, version: string) => `[package]\nname = "${name}"\n${version}\n`;
  const own = (name: string, version: string) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`;
  const foreign = '[[package]]\nname = "libc"\nversion = "0.2.0"\nsource = "somewhere"\n';
  const workspace =
    '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.package]\nversion = "1.2.0"\n';

  it("is its crate and the crate's entry in the lock", async () => {
    const files = { "Cargo.toml": crate("tide", 'version = "1.2.0"'), "Cargo.lock": foreign + own("tide", "1.1.0") };
    expect(await told([{ kind: "rust" }], files)).toEqual([
      "Cargo.toml package.version: 1.2.0",
      "Cargo.lock package tide: 1.1.0",
    ]);
  });

  it("without an own entry in its lock is unreadable there", async () => {
    const files = { "Cargo.toml": crate("tide", 'version = "1.2.0"'), "Cargo.lock": foreign };
    expect(await told([{ kind: "rust" }], files)).toEqual([
      "Cargo.toml package.version: 1.2.0",
      "Cargo.lock package: unreadable",
    ]);
  });

  it("is its workspace with every member, those that inherit and those that do not", async () => {
    const files = {
      "Cargo.toml": workspace,
      "crates/a/Cargo.toml": crate("a", "version.workspace = true"),
      "crates/b/Cargo.toml": crate("b", 'version = "1.1.0"'),
      "crates/old/Cargo.toml": crate("old", 'version = "0.1.0"'),
      "crates/task/Cargo.toml": crate("task", 'version = "0.0.0"\npublish = false'),
      "crates/a/nested/Cargo.toml": crate("nested", 'version = "0.3.0"'),
      "Cargo.lock": foreign + own("a", "1.2.0") + own("b", "1.1.0") + own("task", "0.0.0"),
    };
    expect(await told([{ kind: "rust" }], files)).toEqual([
      "Cargo.toml workspace.package.version: 1.2.0",
      "crates/a/Cargo.toml package.version: 1.2.0 (inherited from Cargo.toml)",
      "crates/b/Cargo.toml package.version: 1.1.0",
      "crates/task/Cargo.toml package.version: not-applicable",
      "Cargo.lock package a: 1.2.0",
      "Cargo.lock package b: 1.1.0",
    ]);
  });

  it("that is a member is read through its workspace, with the lock above it", async () => {
    const files = {
      "Cargo.toml": workspace,
      "crates/a/Cargo.toml": crate("a", "version.workspace = true"),
      "Cargo.lock": own("a", "1.2.0"),
    };
    expect(await told([{ kind: "rust", file: "crates/a/Cargo.toml" }], files)).toEqual([
      "crates/a/Cargo.toml package.version: 1.2.0 (inherited from Cargo.toml)",
      "Cargo.lock package a: 1.2.0",
    ]);
  });

  it.each<[rule: string, files: Files, expected: string]>([
    [
      "whose workspace has no version is unreadable",
      { "Cargo.toml": crate("a", "version.workspace = true") },
      "unreadable",
    ],
    ["without a version is unreadable", { "Cargo.toml": crate("a", "") }, "unreadable"],
    ["without a package is unreadable", { "Cargo.toml": "[profile]\n" }, "unreadable"],
    ["that is no TOML is unreadable", { "Cargo.toml": "[package" }, "unreadable"],
    ["without a manifest is absent", {}, "absent"],
  ])("%s", async (_rule, files, expected) => {
    expect((await read([{ kind: "rust" }], files)).map(({ words }) => words)).toEqual([expected]);
  });

  it("holds manifests outside the workspace to the same version", async () => {
    const files = {
      "Cargo.toml": crate("tide", 'version = "1.2.0"'),
      "node/Cargo.toml": crate("tide-node", 'version = "0.0.1"'),
    };
    expect(await told([{ kind: "rust", manifests: ["node/Cargo.toml"] }], files)).toEqual([
      "Cargo.toml package.version: 1.2.0",
      "node/Cargo.toml package.version: 0.0.1",
    ]);
  });
});

describe("PLN-20: a Go module", () => {
  const mod = (path: string) => ({ "go.mod": `module ${path}\n\ngo 1.24\n` });
  it.each<[rule: string, source: object, files: Files, asked: string | undefined, expected: string[]]>([
    ["has the version of the tag that was asked for", {}, mod("example.org/tide"), "1.2.0", ["1.2.0"]],
    ["without a tag asked for is unreadable", {}, mod("example.org/tide"), undefined, ["unreadable"]],
    [
      "may hold it in a file",
      { file: "VERSION" },
      { ...mod("example.org/tide"), VERSION: "1.2.0\n" },
      undefined,
      ["1.2.0", "not-applicable"],
    ],
    [
      "may hold it in source",
      { file: "v.go", pattern: '"(.*)"' },
      { ...mod("example.org/tide"), "v.go": 'v = "1.2.0"' },
      undefined,
      ["1.2.0", "not-applicable"],
    ],
    ["of version 2 needs a path that ends in /v2", {}, mod("example.org/tide"), "2.0.0", ["2.0.0", "unreadable"]],
    ["of version 2 with such a path is right", {}, mod("example.org/tide/v2"), "2.0.0", ["2.0.0"]],
    ["of version 1 must not end in /v2", {}, mod("example.org/tide/v2"), "1.0.0", ["1.0.0", "unreadable"]],
    ["without its file is absent", {}, {}, "1.0.0", ["1.0.0", "absent"]],
  ])("%s", async (_rule, source, files, asked, expected) => {
    expect((await read([{ kind: "go", ...source }], files, asked)).map(({ words }) => words)).toEqual(expected);
  });
});

describe("PLN-21: sources in lockstep", () => {
  const files = {
    "Cargo.toml": '[package]\nname = "tide"\nversion = "1.2.0-rc.1"\n',
    "pyproject.toml": '[project]\nname = "tide"\nversion = "1.2.0rc1"\n',
    VERSION: "1.2.0\n",
  };
  const ecosystems = [{ kind: "rust" }, { kind: "python" }];

  it("agree across the spellings of their ecosystems", async () => {
    const readings = await readingsOf(ecosystems, files);
    expect(agreedVersion(readings)).toBe("1.2.0-rc.1");
    expect(disagreeing(readings)).toEqual([]);
  });

  it("name the places that differ from the first one", async () => {
    const readings = await readingsOf([...ecosystems, { kind: "plain", file: "VERSION" }], files);
    expect(agreedVersion(readings)).toBeNull();
    expect(disagreeing(readings).map(({ file }) => file)).toEqual(["VERSION"]);
  });

  it("count a place that cannot be read as one that differs", async () => {
    const readings = await readingsOf([...ecosystems, { kind: "plain", file: "NONE" }], files);
    expect(disagreeing(readings).map(({ file }) => file)).toEqual(["NONE"]);
  });
});

const sha = aSha();

function readingsOf(sources: object[], files: Files, asked?: string) {
  const git = fakeLocalGit({
    checkout: { head: sha, shallow: false, dirty: [] },
    commits: [{ sha, parents: [], message: "", files }],
  });
  return readVersions(versionSection.parse({ sources }).sources, { files: git, commit: sha, asked });
}

async function read(sources: object[], files: Files, asked?: string) {
  return (await readingsOf(sources, files, asked)).map(({ file, place, found }) => {
    const note = found.kind === "value" && found.note !== undefined ? ` (${found.note})` : "";
    return { file, place, words: found.kind === "value" ? found.text + note : found.kind };
  });
}

async function told(sources: object[], files: Files): Promise<string[]> {
  return (await read(sources, files)).map(({ file, place, words }) => `${file} ${place}: ${words}`);
}

import { describe, expect, it } from "vitest";
import { type Files, linesOf } from "../testing/version-readings.ts";

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
    expect(await linesOf([{ kind: "python", ...source }], files)).toEqual(expected);
  });
});

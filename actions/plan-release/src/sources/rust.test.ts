import { describe, expect, it } from "vitest";
import { type Files, linesOf, wordsOf } from "../testing/version-readings.ts";

describe("PLN-21 PLN-22 F30: a Rust project", () => {
  const crate = (name: string, version: string) => `[package]\nname = "${name}"\n${version}\n`;
  const own = (name: string, version: string) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`;
  const foreign = '[[package]]\nname = "libc"\nversion = "0.2.0"\nsource = "somewhere"\n';
  const workspace =
    '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.package]\nversion = "1.2.0"\n';

  it("is its crate and the crate's entry in the lock", async () => {
    const files = { "Cargo.toml": crate("tide", 'version = "1.2.0"'), "Cargo.lock": foreign + own("tide", "1.1.0") };
    expect(await linesOf([{ kind: "rust" }], files)).toEqual([
      "Cargo.toml package.version: 1.2.0",
      "Cargo.lock package tide: 1.1.0",
    ]);
  });

  it("without an own entry in its lock is unreadable there", async () => {
    const files = { "Cargo.toml": crate("tide", 'version = "1.2.0"'), "Cargo.lock": foreign };
    expect(await linesOf([{ kind: "rust" }], files)).toEqual([
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
    expect(await linesOf([{ kind: "rust" }], files)).toEqual([
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
    expect(await linesOf([{ kind: "rust", file: "crates/a/Cargo.toml" }], files)).toEqual([
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
    expect(await wordsOf([{ kind: "rust" }], files)).toEqual([expected]);
  });

  it("holds manifests outside the workspace to the same version", async () => {
    const files = {
      "Cargo.toml": crate("tide", 'version = "1.2.0"'),
      "node/Cargo.toml": crate("tide-node", 'version = "0.0.1"'),
    };
    expect(await linesOf([{ kind: "rust", manifests: ["node/Cargo.toml"] }], files)).toEqual([
      "Cargo.toml package.version: 1.2.0",
      "node/Cargo.toml package.version: 0.0.1",
    ]);
  });
});

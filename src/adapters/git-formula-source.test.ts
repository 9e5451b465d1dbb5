import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitFormulaSource } from "#src/adapters/git-formula-source";

let folder: string;
const source = () =>
  gitFormulaSource({ serverUrl: `file://${folder}`, repository: "octo/tide", token: "", temp: join(folder, "temp") });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taps-"));
  mkdirSync(join(folder, "temp"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function repository(name: string, files: Record<string, string>): string {
  const place = join(folder, `${name}.git`);
  mkdirSync(join(place, "Formula"), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: place })
      .toString()
      .trim();
  git("init", "--quiet", "--initial-branch=trunk");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(place, path), text);
  symlinkSync("tide.rb", join(place, "Formula/link.rb"));
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  return git("rev-parse", "HEAD");
}

describe("a formula in a tap", () => {
  it("PUB-20: is read from the default branch of the tap, with its commit, and nothing is left behind", async () => {
    const commit = repository("octo/homebrew-tap", { "Formula/tide.rb": "class Tide\r\n" });
    const seen = await source().read("octo/homebrew-tap", "Formula/tide.rb");
    expect(seen).toEqual({ seen: "served", commit, text: "class Tide\r\n" });
    expect(readdirSync(join(folder, "temp"))).toEqual([]);
  });

  it("is read from this repository where no tap is named", async () => {
    repository("octo/tide", { "Formula/tide.rb": "own" });
    expect(await source().read(undefined, "Formula/tide.rb")).toMatchObject({ text: "own" });
  });

  it.each(["Formula/other.rb", "Formula/link.rb", "Formula"])("is absent where %s is no regular file", async (path) => {
    repository("octo/tide", { "Formula/tide.rb": "own" });
    expect(await source().read(undefined, path)).toMatchObject({ seen: "absent" });
  });

  it("ALL-08: cannot be told where the tap does not answer", async () => {
    expect(await source().read("octo/nowhere", "Formula/tide.rb")).toMatchObject({ seen: "unknown" });
  });
});

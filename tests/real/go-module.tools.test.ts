import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { workspaceFiles } from "#src/adapters/workspace-files";
import { readTar } from "#src/domain/archive/tar";
import { aRelease } from "#src/testing/builders";
import { openGoModule } from "../../actions/build-manifest/src/kinds/go-module.ts";
import { gitEnvironment } from "../../rehearsal/github/git/git.ts";
import { goClient } from "../../rehearsal/registries/go-client.ts";

/** The ending tells go that the origin is a git repository, without asking its host. */
const module = "example.com/tide.git";
const downloaded = z.object({ Sum: z.string(), Zip: z.string() });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "go-module-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the digest of a Go module", () => {
  it.each([
    ["a module at the top", "", "1.24"],
    ["a module of an older language", "", "1.21"],
    ["a module in a folder, with the repository's licence", "sub/", "1.24"],
  ])("BLD-08: equals the one of the real go for %s", async (_what, place, go) => {
    const path = place === "" ? module : `${module}/sub`;
    commit({
      LICENSE: "MIT\n",
      ".gitattributes": "*.txt text eol=crlf\nprivate export-ignore\n",
      private: "left out by git archive\n",
      [`${place}go.mod`]: `module ${path}\n\ngo ${go}\n`,
      [`${place}tide.go`]: "package tide\n",
      [`${place}notes.txt`]: "one\ntwo\n",
      [`${place}vendor/modules.txt`]: "# none\n",
      [`${place}vendor/example.com/x/x.go`]: "package x\n",
      [`${place}pkg/vendor/v.go`]: "package vendor\n",
      [`${place}below/go.mod`]: `module ${path}/below\n`,
      [`${place}below/b.go`]: "package b\n",
    });
    git("tag", `${place}v1.1.0`);
    const { Sum, Zip } = await download(`${path}@v1.1.0`);
    const policy = {
      release: { ...aRelease(), tag: `${place}v1.1.0`, version: "1.1.0" },
      packages: [path],
      programs: [],
      image: "",
      tree: readTar(await workspaceFiles(join(folder, "repository")).archive()),
    };
    const file = `${place}go.mod`;
    expect(openGoModule({ name: file, path: file, bytes: new Uint8Array() }, policy).registry).toBe(Sum);
    const [zip] = await workspaceFiles(dirname(Zip)).matching("v1.1.0.zip");
    expect(
      openGoModule({ name: "v1.1.0.zip", path: "v1.1.0.zip", bytes: zip?.bytes ?? new Uint8Array() }, policy).registry,
    ).toBe(Sum);
  });
});

async function download(spec: string) {
  const environment = {
    GOPROXY: "direct",
    GOSUMDB: "off",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${join(folder, "repository/.git")}.insteadOf`,
    GIT_CONFIG_VALUE_0: "https://example.com/tide",
    GIT_ALLOW_PROTOCOL: "https:file",
  };
  const client = await goClient(join(folder, "home"), { environment });
  return downloaded.parse(JSON.parse((await client(folder, "mod", "download", "-json", spec)).stdout));
}

function commit(files: Record<string, string>) {
  git("init", "--quiet", "--initial-branch=main", ".");
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, "repository", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync("go.mod", join(folder, "repository/link"));
  git("add", ".");
  git("commit", "--quiet", "--message=one");
}

function git(...args: string[]) {
  const cwd = join(folder, "repository");
  mkdirSync(cwd, { recursive: true });
  const person = ["-c", "user.name=Tide", "-c", "user.email=tide@example.com"];
  execFileSync("git", [...person, ...args], { cwd, env: gitEnvironment() });
}

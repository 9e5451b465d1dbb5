import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seekTag } from "#src/adapters/git-remote";
import { gitTagContent } from "#src/adapters/git-tag-content";

let folder: string;
let work: string;
let first: string;
let second: string;

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: work })
    .toString()
    .trim();
const remote = (serverUrl = `file://${folder}/server`, token = "") => ({
  serverUrl,
  repository: "octo/tide",
  token,
  temp: join(folder, "temp"),
});
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function commit(text: string): string {
  writeFileSync(join(work, "dist/a.js"), text);
  git("add", ".");
  git("commit", "--quiet", "-m", text);
  return git("rev-parse", "HEAD");
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tag-content-"));
  work = join(folder, "work");
  for (const name of ["temp", "work/dist", "server/octo"]) mkdirSync(join(folder, name), { recursive: true });
  git("init", "--quiet");
  writeFileSync(join(work, ".gitattributes"), "*.js text eol=crlf\n");
  first = commit("1;\n");
  git("tag", "light");
  git("tag", "-a", "v1.1.0", "-m", "Release v1.1.0");
  second = commit("2;\n");
  git("clone", "--quiet", "--bare", work, join(folder, "server/octo/tide.git"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a tag on the remote", () => {
  it("TAG-06: is seen as its object and the commit behind it", async () => {
    const seen = await seekTag(remote(), "v1.1.0");
    expect(seen).toEqual({ object: git("rev-parse", "v1.1.0"), commit: first, annotated: true });
  });

  it("TAG-07: is told from a lightweight one", async () => {
    expect(await seekTag(remote(), "light")).toEqual({ object: first, commit: first, annotated: false });
  });

  it("TAG-06: is absent when only the checkout has it, or a longer name ends alike", async () => {
    git("tag", "v9");
    git("tag", "refs/tags/v8");
    git("push", "--quiet", join(folder, "server/octo/tide.git"), "refs/tags/refs/tags/v8");
    expect(await seekTag(remote(), "v9")).toBe("absent");
    expect(await seekTag(remote(), "v8")).toBe("absent");
  });

  it("TAG-06: is unknown when the repository cannot be reached", async () => {
    expect(await seekTag({ ...remote(), repository: "octo/none" }, "v1.1.0")).toHaveProperty("unknown");
  });
});

describe("the content of a revision", () => {
  it("PUB-30: is the stored bytes of its files, whatever a checkout would make of them", async () => {
    expect(await gitTagContent(remote()).look("refs/tags/v1.1.0", ["dist/a.js", "dist/none.js"])).toEqual({
      seen: "served",
      commit: first,
      digests: new Map([["dist/a.js", sha256("1;\n")]]),
    });
  });

  it("is read by a commit's id, too", async () => {
    const found = await gitTagContent(remote()).look(second, ["dist/a.js"]);
    expect(found).toMatchObject({ commit: second, digests: new Map([["dist/a.js", sha256("2;\n")]]) });
  });

  it("is absent for a tag that the remote does not have", async () => {
    expect(await gitTagContent(remote()).look("refs/tags/v9", [])).toEqual({ seen: "absent" });
  });

  it("ALL-08: is unknown for a commit that cannot be fetched", async () => {
    expect(await gitTagContent(remote()).look("d".repeat(40), [])).toMatchObject({ seen: "unknown" });
  });

  it("is not sought in a repository that the environment is bound to", async () => {
    vi.stubEnv("GIT_DIR", join(folder, "nowhere"));
    const found = await gitTagContent(remote()).look("refs/tags/v1.1.0", ["dist/a.js"]);
    vi.unstubAllEnvs();
    expect(found).toMatchObject({ seen: "served", commit: first });
  });

  it("leaves nothing behind", async () => {
    await gitTagContent(remote()).look("refs/tags/v1.1.0", ["dist/a.js"]);
    expect(readdirSync(join(folder, "temp"))).toEqual([]);
  });
});

describe("a server that refuses", () => {
  let server: Server;
  let code: number;
  let headers: (string | undefined)[];

  beforeEach(async () => {
    headers = [];
    server = createServer((request, response) => {
      headers.push(request.headers.authorization);
      response.writeHead(code).end("no");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  const address = () => {
    const place = server.address();
    return `http://127.0.0.1:${place !== null && typeof place === "object" ? place.port : 0}`;
  };

  it.each([401, 403, 404, 500, 503])(
    "ALL-08: leaves the question unknown with %i, and never asks a person",
    async (answer) => {
      code = answer;
      expect(await seekTag(remote(address()), "v1.1.0")).toHaveProperty("unknown");
      expect(await gitTagContent(remote(address())).look("refs/tags/v1.1.0", [])).toMatchObject({ seen: "unknown" });
    },
  );

  it("is sent the token once, as git's own credentials, and never shows it in a reason", async () => {
    code = 403;
    const answer = await seekTag(remote(address(), "sesame"), "v1.1.0");
    expect(headers).toEqual([`Basic ${Buffer.from("x-access-token:sesame").toString("base64")}`]);
    expect(JSON.stringify(answer)).not.toContain("sesame");
  });
});

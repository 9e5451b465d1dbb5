import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitHub, commitFile, type Fixture } from "./testing.ts";

let at: Fixture;
let remote: string;

beforeAll(async () => {
  at = await aGitHub({
    rulesets: [
      {
        name: "versions",
        target: "tag",
        include: ["refs/tags/v*.*.*"],
        exclude: ["refs/tags/v0.*.*"],
        rules: [{ type: "update" }, { type: "deletion" }],
      },
      { name: "forward", target: "branch", include: ["~DEFAULT_BRANCH"], rules: [{ type: "non_fast_forward" }] },
    ],
  });
  remote = at.github.gitUrl.replace("http://", `http://x-access-token:${at.write}@`);
});
afterAll(() => at.close());

describe("git over HTTP", () => {
  it("takes a branch and shows it to the API at once", async () => {
    await at.git("push", "-q", remote, "HEAD:refs/heads/release");
    const { body } = await at.ask("GET", "/repos/acme/rocket/git/ref/heads%2Frelease");
    expect(body).toMatchObject({ object: { type: "commit", sha: at.head } });
  });

  it("takes an annotated tag, lists it peeled, and gives a shallow clone of it", async () => {
    await at.git("tag", "-a", "-m", "Version 1.0.0", "v1.0.0");
    await at.git("push", "-q", remote, "v1.0.0");
    const listed = await at.git("ls-remote", "--tags", remote);
    expect(listed).toContain(`${await at.git("rev-parse", "v1.0.0")}\trefs/tags/v1.0.0\n`);
    expect(listed).toContain(`${at.head}\trefs/tags/v1.0.0^{}`);
    const clone = join(at.folder, "clone");
    await at.git("clone", "-q", "--depth", "1", "--branch", "v1.0.0", remote, clone);
    expect(readFileSync(join(clone, "README.md"), "utf8")).toBe("hello\n");
    expect(existsSync(join(clone, ".git/shallow"))).toBe(true);
  });

  it("answers under the *.localhost name too, which git resolves by itself", async () => {
    const named = `${at.github.serverUrl}/acme/rocket`.replace("http://", `http://x-access-token:${at.write}@`);
    expect(await at.git("ls-remote", named, "refs/heads/main")).toBe(`${at.head}\trefs/heads/main`);
  });

  it("compares the Basic scheme without regard to case, as checkout sends it in lower case", async () => {
    const credentials = Buffer.from(`x-access-token:${at.write}`).toString("base64");
    const header = `http.extraheader=AUTHORIZATION: basic ${credentials}`;
    expect(await at.git("-c", header, "ls-remote", at.github.gitUrl, "refs/heads/main")).toContain(at.head);
  });

  it("refuses to move or delete a protected tag, even by force, and says why", async () => {
    const before = await at.git("ls-remote", remote, "refs/tags/v1.0.0");
    await at.git("tag", "-f", "-a", "-m", "Other", "v1.0.0", at.first);
    await expect(at.git("push", "--force", remote, "v1.0.0")).rejects.toThrow(
      /GH013[\s\S]*- Cannot update this protected ref\./,
    );
    await expect(at.git("push", remote, ":refs/tags/v1.0.0")).rejects.toThrow(/GH013[\s\S]*- Cannot delete this tag/);
    expect(await at.git("ls-remote", remote, "refs/tags/v1.0.0")).toBe(before);
  });

  it("lets tags move that no ruleset governs", async () => {
    for (const tag of ["v1", "v0.1.0"]) {
      await at.git("tag", "-f", tag, at.first);
      await at.git("push", "-q", remote, tag);
      await at.git("tag", "-f", tag, at.head);
      await at.git("push", "-q", "--force", remote, tag);
      expect(await at.git("ls-remote", remote, `refs/tags/${tag}`)).toContain(at.head);
    }
  });

  it("refuses a branch that would lose commits, and takes one that moves forward", async () => {
    await expect(at.git("push", "--force", remote, `${at.first}:refs/heads/main`)).rejects.toThrow(
      /GH013[\s\S]*- Cannot force-push to this branch/,
    );
    const next = await commitFile(at.work, { path: "next.txt", text: "next\n", message: "Next" });
    await at.git("push", "-q", remote, "HEAD:refs/heads/main");
    expect(await at.git("ls-remote", remote, "refs/heads/main")).toContain(next);
  });

  it("gives a partial clone and single commits by id, as GitHub does", async () => {
    const partial = join(at.folder, "partial");
    await at.git("clone", "-q", "--filter=tree:0", "--no-checkout", remote, partial);
    const listed = await at.git("-C", partial, "rev-list", "--objects", "--missing=print", "HEAD");
    expect(listed).toContain("?");
    await at.git("fetch", "-q", "--depth", "1", remote, at.first);
    expect(await at.git("rev-parse", "FETCH_HEAD")).toBe(at.first);
  });

  it("keeps an atomic push whole: with one refused ref nothing moves", async () => {
    await expect(
      at.git("push", "--atomic", "--force", remote, `${at.first}:refs/heads/other`, `${at.first}:refs/tags/v1.0.0`),
    ).rejects.toThrow(/GH013|atomic/);
    expect(await at.git("ls-remote", remote, "refs/heads/other")).toBe("");
  });

  it("takes a large push, which git sends in chunks and compressed", async () => {
    await commitFile(at.work, {
      path: "large.bin",
      text: Array.from({ length: 200_000 }, (_, index) => `${index * 7919}`).join(""),
      message: "Large",
    });
    await at.git("-c", "http.postBuffer=65536", "push", "-q", remote, "HEAD:refs/heads/large");
    expect(await at.git("ls-remote", remote, "refs/heads/large")).toContain(await at.git("rev-parse", "HEAD"));
  });

  it("understands a gzipped request", async () => {
    const want = Buffer.from(`0032want ${at.head}\n00000009done\n`);
    const answer = await fetch(`${at.github.gitUrl}/git-upload-pack`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`x:${at.write}`).toString("base64")}`,
        "content-type": "application/x-git-upload-pack-request",
        "content-encoding": "gzip",
      },
      body: new Uint8Array(gzipSync(want)),
    });
    expect([answer.status, (await answer.text()).includes("PACK")]).toEqual([200, true]);
  });
});

describe("git over HTTP with a token that will not do", () => {
  it("challenges a client that sends none", async () => {
    const answer = await fetch(`${at.github.gitUrl}/info/refs?service=git-upload-pack`);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="GitHub"']);
  });

  it("refuses a made-up token", async () => {
    await expect(at.git("ls-remote", at.github.gitUrl.replace("http://", "http://x:ghs_madeup@"))).rejects.toThrow(
      /Authentication failed/,
    );
  });

  it("lets a reader fetch but not push", async () => {
    const token = at.github.issueToken({ permissions: { contents: "read" } });
    const reader = at.github.gitUrl.replace("http://", `http://x:${token}@`);
    expect(await at.git("ls-remote", reader, "refs/heads/main")).not.toBe("");
    await expect(at.git("push", reader, "HEAD:refs/heads/mine")).rejects.toThrow(/403/);
    expect(await at.git("ls-remote", remote, "refs/heads/mine")).toBe("");
  });

  it("writes every request into the journal under its stage", async () => {
    const token = at.github.issueToken({ permissions: { contents: "read" }, stage: "plan" });
    await at.git("ls-remote", at.github.gitUrl.replace("http://", `http://x:${token}@`));
    const lines = at.journalled().filter((line) => line.stage === "plan");
    expect(lines).toContainEqual(
      expect.objectContaining({ route: "git/git-upload-pack", status: 200, scope: "contents:read" }),
    );
    expect(at.github.problems()).toEqual([]);
  });
});

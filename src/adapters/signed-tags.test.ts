import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signedTags } from "#src/adapters/signed-tags";
import { aProgram } from "#src/testing/a-program";
import { aSha } from "#src/testing/builders";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signed-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----";
const wanted = {
  kind: "signed",
  tag: "v1.1.0",
  commit: aSha(),
  message: "v1.1.0",
  tagger: { name: "Ada", email: "ada@example.org" },
} as const;

/** A signer whose git agrees to everything, except that it fails at one of its commands. */
async function signerThatFailsAt(command: string) {
  const script = [
    "#!/bin/sh",
    `echo "$*" >> "${folder}/calls"`,
    `case "$*" in "${command}"*) echo "fatal: disk is full" >&2; exit 128;; esac`,
    'case "$1 $2" in',
    `"verify-tag "*) echo 'Good "git" signature for ada@example.org';;`,
    `"rev-parse "*) echo ${aSha("b")};;`,
    '"cat-file -t") echo tag;;',
    "esac",
  ];
  await aProgram(join(folder, "bin", "git"), `${script.join("\n")}\n`);
  vi.stubEnv("PATH", `${join(folder, "bin")}:/usr/bin:/bin`);
  const remote = { serverUrl: "https://server.example", repository: "octo/tide", token: "t", temp: folder };
  return signedTags(remote, { format: "ssh", signers: "ada@example.org ssh-ed25519 AAAA", key });
}

const calls = async () => (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");

describe("TAG-04: a signed tag", () => {
  it("is created where git does all that it is asked", async () => {
    const signer = await signerThatFailsAt("nothing");
    expect(await signer.create(wanted)).toEqual({ outcome: "created", object: aSha("b") });
    expect((await calls()).some((call) => call.startsWith("push "))).toBe(true);
  });

  it("is not pushed where git cannot tell the object that it made", async () => {
    const signer = await signerThatFailsAt("rev-parse");
    expect(await signer.create(wanted)).toMatchObject({ outcome: "refused", because: "fatal: disk is full" });
    expect((await calls()).filter((call) => call.startsWith("push "))).toEqual([]);
  });

  it("is nothing to work at where git cannot make the repository for it", async () => {
    const signer = await signerThatFailsAt("init");
    await expect(signer.create(wanted)).rejects.toMatchObject({
      code: "tag.sign-failed",
      message: "expected git to make a repository to sign and verify tags in, found: fatal: disk is full",
    });
    expect(await calls()).toHaveLength(1);
  });

  it.each(["cat-file -t", "cat-file tag"])("is unknown, not lightweight, where `git %s` fails", async (command) => {
    const signer = await signerThatFailsAt(command);
    await expect(signer.inspect("v1.1.0")).rejects.toMatchObject({ code: "tag.remote-unknown" });
  });
});

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { commitFile } from "../../rehearsal/github/testing.ts";
import { aTagGround, type TagGround, tokenWith } from "./tag-ground.ts";

/** A pair of keys as a maintainer holds it: the secret, and the policy that names its owner. */
interface Keys {
  secret: string;
  signing: { format: "ssh" | "openpgp"; signers: string };
}

let ground: TagGround;
let folder: string;
let keys: Record<"ssh" | "openpgp" | "stranger", Keys>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "keys-"));
  for (const program of ["ssh-keygen", "gpg", "gpgconf"]) {
    if (!isInstalled(program))
      throw new Error(`expected ${program} on PATH to sign tags with; install it to run this tier`);
  }
  keys = { ssh: sshKeys("ada"), openpgp: openpgpKeys("ada"), stranger: sshKeys("eve") };
});
afterAll(() => {
  execFileSync("gpgconf", ["--homedir", join(folder, "ada-home"), "--kill", "all"]);
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  // Whatever a test was about: nothing of a key, or of anything else, is left where the adapter worked.
  expect(readdirSync(ground.temp)).toEqual([]);
  await ground.close();
});

const tagsThere = () => ground.git("ls-remote", ground.gitDir, "refs/tags/*");
const signed = (signing: Keys["signing"]) => ({ kind: "signed", signing, message: "Release {tag}\n\nFor {version}" });

describe.each(["ssh", "openpgp"] as const)("a tag signed with a key of format %s", (format) => {
  it("TAG-04 TAG-08: is pushed, fetched back and verified, and stands on the gated commit", async () => {
    ground = await aTagGround();
    const { secret, signing } = keys[format];
    const report = await ground.sit(signed(signing), { key: secret });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(report.effects).toMatchObject([{ wanted: `signed ${ground.head}`, state: "done" }]);
    const object = await ground.git("--git-dir", ground.gitDir, "cat-file", "tag", "refs/tags/v1.1.0");
    expect(object).toContain(`object ${ground.head}\ntype commit\ntag v1.1.0`);
    expect(object).toContain("Release v1.1.0\n\nFor 1.1.0\n-----BEGIN");
  });

  it("TAG-04: is verified by git itself, with nothing of the suite", async () => {
    ground = await aTagGround();
    await ground.sit(signed(keys[format].signing), { key: keys[format].secret });
    await ground.git("fetch", "-q", ground.gitDir, "refs/tags/v1.1.0:refs/tags/v1.1.0");
    expect(verifiedByGit(format, ground.work)).toMatch(/Good "git" signature for ada@example.org|GOODSIG/);
  });

  it("TAG-04: costs no API request, whether the branch has moved on or not", async () => {
    ground = await aTagGround();
    await commitFile(ground.work, { path: "later.txt", text: "x", message: "Later" });
    await ground.git("push", "-q", ground.gitDir, "main");
    const report = await ground.sit(signed(keys[format].signing), { key: keys[format].secret });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(ground.journalled().filter(({ route }) => !route?.startsWith("git/git-"))).toEqual([]);
  });

  it("TAG-04: takes the key from a file, too, whatever its mode", async () => {
    ground = await aTagGround();
    const path = join(folder, `${format}.key`);
    writeFileSync(path, keys[format].secret.replaceAll("\n", "\r\n"), { mode: 0o644 });
    expect(decidingCode((await ground.sit(signed(keys[format].signing), { key: path })).checks)).toBeUndefined();
  });

  it("TAG-07 TAG-12: is found and verified by a rerun, which writes nothing", async () => {
    ground = await aTagGround();
    const { secret, signing } = keys[format];
    await ground.sit(signed(signing), { key: secret });
    const before = await tagsThere();
    expect((await ground.sit(signed(signing), { key: secret })).outputs).toMatchObject({ state: "already" });
    expect(await tagsThere()).toBe(before);
  });

  it("TAG-04: that is there unsigned already is refused, and stays as it is", async () => {
    ground = await aTagGround();
    await ground.git("tag", "v1.1.0", ground.head);
    await ground.git("push", "-q", ground.gitDir, "v1.1.0");
    const { secret, signing } = keys[format];
    expect(decidingCode((await ground.sit(signed(signing), { key: secret })).checks)).toBe("tag.sign-failed");
    expect(await tagsThere()).toBe(`${ground.head}\trefs/tags/v1.1.0`);
  });

  it.each([
    ["is missing", () => ""],
    ["is no key", () => "open sesame"],
    ["is cut short", () => keys[format].secret.slice(0, keys[format].secret.length / 2)],
    ["is of the other format", () => keys[format === "ssh" ? "openpgp" : "ssh"].secret],
  ])("TAG-04: is not written where the key %s, and no word of the key is said", async (_what, key) => {
    ground = await aTagGround();
    const report = await ground.sit(signed(keys[format].signing), { key: key() });
    expect(decidingCode(report.checks)).toBe("tag.sign-failed");
    expect(await tagsThere()).toBe("");
    for (const line of key()
      .split("\n")
      .filter((text) => text.length > 20 && !text.startsWith("-----")))
      expect(JSON.stringify(report)).not.toContain(line);
  });
});

describe("a signed tag that cannot be", () => {
  it("TAG-04: whose signer the policy does not name is never pushed, as it could not be taken back", async () => {
    ground = await aTagGround();
    const report = await ground.sit(signed(keys.ssh.signing), { key: keys.stranger.secret });
    expect(decidingCode(report.checks)).toBe("tag.sign-failed");
    expect(await tagsThere()).toBe("");
  });

  it("TAG-08: whose push a ruleset forbids is told so", async () => {
    const rules = [{ type: "creation" }];
    ground = await aTagGround({ rulesets: [{ name: "tags", target: "tag", include: ["refs/tags/v*"], rules }] });
    const report = await ground.sit(signed(keys.ssh.signing), { key: keys.ssh.secret });
    expect(decidingCode(report.checks)).toBe("tag.rule-forbids");
  });

  it("TAG-08: whose name a deleted immutable release had is told so", async () => {
    ground = await aTagGround({ immutableReleases: true, rulesets: [] });
    const body = { tag_name: "v1.1.0", target_commitish: ground.head };
    await ground.ask("POST", "/repos/acme/rocket/releases", { body });
    await ground.git("--git-dir", ground.gitDir, "update-ref", "-d", "refs/tags/v1.1.0");
    const report = await ground.sit(signed(keys.ssh.signing), { key: keys.ssh.secret });
    expect(decidingCode(report.checks)).toBe("tag.name-burnt");
  });

  it("TAG-01: whose push the token may not make is told which permission it takes", async () => {
    ground = await aTagGround();
    const token = tokenWith(ground.github, { contents: "read" });
    const report = await ground.sit(signed(keys.ssh.signing), { key: keys.ssh.secret, token });
    expect(decidingCode(report.checks)).toBe("tag.permission-missing");
    expect(report.checks.at(-1)?.because).toContain("contents: write");
  });
});

function isInstalled(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

function sshKeys(name: string): Keys {
  const path = join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path]);
  const [kind = "", key = ""] = readFileSync(`${path}.pub`, "utf8").split(" ");
  return {
    secret: readFileSync(path, "utf8"),
    signing: { format: "ssh", signers: `${name}@example.org ${kind} ${key}` },
  };
}

function openpgpKeys(name: string): Keys {
  const home = join(folder, `${name}-home`);
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...args: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--passphrase", "", "--pinentry-mode", "loopback", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  gpg("--quick-generate-key", `${name} <${name}@example.org>`, "ed25519", "sign", "never");
  const signers = gpg("--armor", "--export");
  return { secret: gpg("--armor", "--export-secret-keys"), signing: { format: "openpgp", signers } };
}

function verifiedByGit(format: "ssh" | "openpgp", work: string): string {
  const allowed = join(folder, "allowed");
  writeFileSync(allowed, `${keys.ssh.signing.signers}\n`);
  const environment = format === "ssh" ? {} : { GNUPGHOME: join(folder, "ada-home") };
  const args = ["-c", `gpg.ssh.allowedSignersFile=${allowed}`, "verify-tag", "--raw", "v1.1.0"];
  return execFileSync("sh", ["-c", 'git "$@" 2>&1', "git", ...args], {
    cwd: work,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
}

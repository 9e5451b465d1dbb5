import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newSshKey, signerOf } from "./ssh-signature.ts";

const folder = mkdtempSync(join(tmpdir(), "ssh-signature-"));
const payload = Buffer.from("a commit\n");
const at = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content, { mode: 0o600 });
  return join(folder, name);
};

it("makes signatures that ssh-keygen verifies", () => {
  const key = newSshKey();
  const signers = at("signers", `ada@example.org ${key.publicKey}\n`);
  const signature = at("made.sig", key.sign(payload));
  const options = ["-Y", "verify", "-f", signers, "-I", "ada@example.org", "-n", "git", "-s", signature];
  const verified = (input: Buffer) => spawnSync("ssh-keygen", options, { input }).status;
  expect(verified(payload)).toBe(0);
  expect(verified(Buffer.from("another commit\n"))).not.toBe(0);
});

it("reads signatures that ssh-keygen makes", () => {
  const secret = join(folder, "key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", secret]);
  const file = at("payload", payload);
  execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", "git", "-f", secret, file], { stdio: "ignore" });
  const publicKey = readFileSync(`${secret}.pub`, "utf8").trim();
  expect(signerOf(readFileSync(`${file}.sig`, "utf8"), payload)).toBe(publicKey);
});

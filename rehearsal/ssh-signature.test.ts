import { expect, it } from "vitest";
import { newSshKey, signerOf } from "./ssh-signature.ts";

const payload = Buffer.from("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nfix: leak\n");
const key = newSshKey();
const signature = key.sign(payload);

it("names the key that made a signature, and only for what it has signed", () => {
  expect(signerOf(signature, payload)).toBe(key.publicKey);
  expect(signerOf(signature, Buffer.from(payload.toString().replace("leak", "lake")))).toBeUndefined();
  expect(newSshKey().publicKey).not.toBe(key.publicKey);
});

it.each<[what: string, altered: string]>([
  ["nothing", ""],
  ["an OpenPGP signature", signature.replaceAll("SSH SIGNATURE", "PGP SIGNATURE")],
  ["one that is cut off", signature.replace(/\n(?!-----END)[^\n]+\n(?=-----END)/, "\n")],
  ["one for another purpose", signature.replace(/\n(.*)\n/s, forAnother)],
])("does not take %s for a signature", (_what, altered) => {
  expect(signerOf(altered, payload)).toBeUndefined();
});

/** Says that the signature is for files. */
function forAnother(body: string): string {
  const bytes = Buffer.from(body, "base64");
  bytes.write("fil", bytes.indexOf("git"));
  return `\n${bytes.toString("base64")}\n`;
}

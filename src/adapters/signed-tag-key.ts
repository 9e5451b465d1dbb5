import { readFile, stat } from "node:fs/promises";
import type { SigningPolicy } from "#src/contract/config/tag";

/** A private key as text, or why there is none that can be used. Neither ever holds the key in a complaint. */
export type LoadedKey = { key: string } | { complaint: string };

const sizeLimit = 256 * 1024;

const marks: Record<SigningPolicy["format"], RegExp> = {
  ssh: /^-----BEGIN (?:OPENSSH|RSA|EC) PRIVATE KEY-----$/m,
  openpgp: /^-----BEGIN PGP PRIVATE KEY BLOCK-----$/m,
};

/** Reads the key out of the input, which holds the key itself or the path of a file with it, and checks its format. */
export async function loadKey(given: string, format: SigningPolicy["format"]): Promise<LoadedKey> {
  if (given.trim() === "") return { complaint: "expected the input `signing-key`, found nothing" };
  const text = given.includes("-----BEGIN") ? given : await readKeyFile(given);
  if (text === undefined) {
    return { complaint: "expected the input `signing-key` to hold a private key or the path of a file, found neither" };
  }
  const key = `${text.replace(/\r\n?/g, "\n").trim()}\n`;
  const fits = marks[format].test(key);
  return fits ? { key } : { complaint: `expected a private key of format ${format}, found another text` };
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size <= sizeLimit ? await readFile(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

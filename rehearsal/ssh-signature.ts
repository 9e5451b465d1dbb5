import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";

/** A key as a person keeps it: its public half as one line, and the signatures that it makes for git. */
export interface SshKey {
  publicKey: string;
  sign(payload: Buffer): string;
}

const type = "ssh-ed25519";
const namespace = "git";
const hash = "sha512";
const magic = Buffer.from("SSHSIG");
const begin = "-----BEGIN SSH SIGNATURE-----";
const end = "-----END SSH SIGNATURE-----";

/** Makes a new Ed25519 key. */
export function newSshKey(): SshKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const blob = Buffer.concat([text(type), text(raw)]);
  return {
    publicKey: `${type} ${blob.toString("base64")}`,
    sign(payload) {
      const signature = Buffer.concat([text(type), text(sign(null, signedData(payload), privateKey))]);
      const body = Buffer.concat([magic, Buffer.from([0, 0, 0, 1]), text(blob), text(namespace), text(""), text(hash)]);
      return armoured(Buffer.concat([body, text(signature)]));
    },
  };
}

/** Gives the public key that made an armoured signature of a payload; undefined where it did not, or where it is of another kind. */
export function signerOf(signature: string, payload: Buffer): string | undefined {
  try {
    return readSigner(signature, payload);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function readSigner(signature: string, payload: Buffer): string | undefined {
  const lines = signature.trim().split("\n");
  if (lines.at(0) !== begin || lines.at(-1) !== end) return undefined;
  const bytes = Buffer.from(lines.slice(1, -1).join(""), "base64");
  if (!bytes.subarray(0, magic.length).equals(magic) || bytes.readUInt32BE(magic.length) !== 1) return undefined;
  const [key, purpose, , digest, inner] = fieldsOf(bytes.subarray(magic.length + 4));
  if (!key || !inner || purpose?.toString() !== namespace || digest?.toString() !== hash) return undefined;
  const [keyType, raw] = fieldsOf(key);
  const [signatureType, made] = fieldsOf(inner);
  if (!raw || !made || keyType?.toString() !== type || signatureType?.toString() !== type) return undefined;
  const jwk = { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  return verify(null, signedData(payload), publicKey, made) ? `${type} ${key.toString("base64")}` : undefined;
}

/** What is signed: not the payload, but its digest, for git alone. */
function signedData(payload: Buffer): Buffer {
  const digest = createHash(hash).update(payload).digest();
  return Buffer.concat([magic, text(namespace), text(""), text(hash), text(digest)]);
}

/** A text as SSH writes it, after its length. */
function text(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads texts until the end. Throws `RangeError` where one is cut off. */
function fieldsOf(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) throw new RangeError("expected a whole text, found one that is cut off");
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{70}(?=.)/g, "$&\n");
  return `${begin}\n${lines}\n${end}\n`;
}

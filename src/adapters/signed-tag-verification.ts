import type { SigningPlace } from "#src/adapters/signed-tag-place";
import type { SigningPolicy } from "#src/contract/config/tag";
import type { SignedTag } from "#src/ports/tag-signer";

/** Verifies the signature of a tag in the place against the policy's signers and nobody else. */
export async function verifySignature(
  place: SigningPlace,
  { format, signers }: SigningPolicy,
  tag: string,
): Promise<Pick<SignedTag, "signer" | "because">> {
  const allowed = `${signers.trim()}\n`;
  return format === "ssh" ? verifySsh(place, allowed, tag) : verifyOpenpgp(place, allowed, tag);
}

async function verifySsh(place: SigningPlace, allowed: string, tag: string) {
  const file = await place.keep("allowed-signers", allowed);
  const settings: [string, string][] = [["gpg.ssh.allowedSignersFile", file]];
  const { exit, complaint, output } = await place.run("git", ["verify-tag", `refs/tags/${tag}`], { settings });
  const words = `${output}\n${complaint}`;
  const signer = /^Good "git" signature for (.+)$/m.exec(words)?.[1];
  return conclusion(exit === 0 ? signer : undefined, words);
}

/** Only the policy's keys are known in the home, so a good signature is one of theirs. */
async function verifyOpenpgp(place: SigningPlace, allowed: string, tag: string) {
  const variables = { GNUPGHOME: await place.openpgpHome("policy") };
  const imported = await place.run("gpg", ["--quiet", "--import"], { input: allowed, variables });
  if (imported.exit !== 0) return conclusion(undefined, `the policy's keys cannot be read: ${imported.complaint}`);
  const shown = await place.run("git", ["verify-tag", "--raw", `refs/tags/${tag}`], { variables });
  const words = `${shown.output}\n${shown.complaint}`;
  const fingerprint = /^\[GNUPG:\] VALIDSIG [0-9A-F]+ .* ([0-9A-F]{40,})$/m.exec(words)?.[1];
  return conclusion(shown.exit === 0 && fingerprint ? `OpenPGP key ${fingerprint}` : undefined, words);
}

function conclusion(signer: string | undefined, words: string): Pick<SignedTag, "signer" | "because"> {
  if (signer !== undefined) return { signer, because: "" };
  const because = words.trim().replace(/\s*\n\s*/g, "; ");
  return { signer: null, because: because === "" ? "the tag holds no signature" : because };
}

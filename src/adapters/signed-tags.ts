import { nameBurnt } from "#src/adapters/burnt-tag-names";
import { type Remote, remoteAddress } from "#src/adapters/git-remote";
import { forbiddenBy } from "#src/adapters/github-tags";
import { complaintOf } from "#src/adapters/program-complaint";
import type { ProgramEnding } from "#src/adapters/run-program";
import { loadKey } from "#src/adapters/signed-tag-key";
import { inSigningPlace, type SigningPlace } from "#src/adapters/signed-tag-place";
import { verifySignature } from "#src/adapters/signed-tag-verification";
import { refuseForbiddenWrite } from "#src/adapters/write-permission";
import type { SigningPolicy } from "#src/contract/config/tag";
import { Failure } from "#src/domain/failure";
import type { SignedTag, TagSigner } from "#src/ports/tag-signer";
import type { NewTag, TagWriting } from "#src/ports/tags";

/** How tags are signed: the policy, and the key or the path of its file. */
export type Signing = SigningPolicy & { key: string };

/** Signs tags with git's own means in a throwaway repository, and pushes them plainly. */
export function signedTags(remote: Remote, signing: Signing): TagSigner {
  return {
    complaint: async () => {
      const loaded = await loadKey(signing.key, signing.format);
      return "complaint" in loaded ? loaded.complaint : undefined;
    },
    create: async (wanted) => {
      const made = await inSigningPlace(remote.temp, (place) => create(place, { remote, signing, wanted }));
      return nameBurnt(remote, made);
    },
    inspect: (tag) => inSigningPlace(remote.temp, (place) => inspect(place, { remote, signing, tag })),
  };
}

interface Creation {
  remote: Remote;
  signing: Signing;
  wanted: NewTag;
}

/** A signature that the policy would not accept is never pushed, as the tag could not be taken back. */
async function create(place: SigningPlace, creation: Creation): Promise<TagWriting> {
  const { remote, signing, wanted } = creation;
  const loaded = await loadKey(signing.key, signing.format);
  if ("complaint" in loaded) return unsigned(loaded.complaint);
  const ref = `refs/tags/${wanted.tag}`;
  const fetched = await fetchInto(place, remote, wanted.commit);
  if (fetched.exit !== 0) return { outcome: "refused", code: "tag.create-failed", because: reasonOf(fetched) };
  const made = await sign(place, { signing, wanted, key: loaded.key });
  if (made.exit !== 0) return unsigned(reasonOf(made));
  const { signer, because } = await verifySignature(place, signing, wanted.tag);
  if (signer === null) return unsigned(`the signature of the new tag does not hold: ${because}`);
  const named = await place.run("git", ["rev-parse", "--verify", ref]);
  if (named.exit !== 0) return unsigned(reasonOf(named));
  refuseForbiddenWrite(`git push ${ref}`);
  const pushed = await place.run("git", ["push", "--quiet", remoteAddress(remote), `${ref}:${ref}`], { remote });
  return pushed.exit === 0 ? { outcome: "created", object: named.output.trim() } : pushTrouble(reasonOf(pushed));
}

/** Reads why a push failed. What git does not clearly call a refusal may have arrived, and obliges to look again. */
export function pushTrouble(because: string): TagWriting {
  if (/already exists/i.test(because)) return { outcome: "exists" };
  const forbidden = forbiddenBy(because);
  if (forbidden) return { outcome: "refused", code: forbidden, because };
  if (/\b401\b|authentication failed|invalid username or (token|password)|could not read username/i.test(because))
    return { outcome: "refused", code: "all.auth-unhealthy", because };
  if (/\b403\b|permission to .* denied/i.test(because)) {
    const needs = `${because}; the token needs \`contents: write\``;
    return { outcome: "refused", code: "tag.permission-missing", because: needs };
  }
  if (/remote rejected|pre-receive hook declined/i.test(because))
    return { outcome: "refused", code: "tag.create-failed", because };
  return { outcome: "unclear", because };
}

async function inspect(
  place: SigningPlace,
  { remote, signing, tag }: { remote: Remote; signing: Signing; tag: string },
): Promise<SignedTag> {
  const ref = `refs/tags/${tag}`;
  const fetched = await fetchInto(place, remote, `${ref}:${ref}`);
  if (fetched.exit !== 0) throw unread(tag, reasonOf(fetched));
  const type = await place.run("git", ["cat-file", "-t", ref]);
  if (type.exit !== 0) throw unread(tag, reasonOf(type));
  if (type.output.trim() !== "tag") {
    const read = { tag, type: "none", commit: "none", message: "", tagger: { name: "", email: "" }, date: "" };
    return { read, signer: null, because: "the tag is lightweight, and holds no signature" };
  }
  const shown = await place.run("git", ["cat-file", "tag", ref]);
  if (shown.exit !== 0) throw unread(tag, reasonOf(shown));
  return { read: parseTag(shown.output), ...(await verifySignature(place, signing, tag)) };
}

function fetchInto(place: SigningPlace, remote: Remote, what: string): Promise<ProgramEnding> {
  return place.run("git", ["fetch", "--quiet", "--depth=1", "--no-tags", remoteAddress(remote), what], { remote });
}

async function sign(
  place: SigningPlace,
  { signing, wanted, key }: { signing: Signing; wanted: NewTag; key: string },
): Promise<ProgramEnding> {
  const { tag, commit, message, tagger } = wanted;
  const prepared = await (signing.format === "ssh" ? sshKey(place, key) : openpgpKey(place, key));
  if ("exit" in prepared) return prepared;
  return place.run("git", ["tag", "--sign", "--cleanup=verbatim", "--file=-", tag, commit], {
    input: `${message}\n`,
    variables: prepared.variables,
    settings: [
      ["gpg.format", signing.format],
      ["user.signingkey", prepared.name],
      ["user.name", tagger.name],
      ["user.email", tagger.email],
    ],
  });
}

type PreparedKey = { name: string; variables: Record<string, string> } | ProgramEnding;

async function sshKey(place: SigningPlace, key: string): Promise<PreparedKey> {
  return { name: await place.keep("key", key), variables: {} };
}

/** The key goes in by standard input; the home that then holds it is removed with the place. */
async function openpgpKey(place: SigningPlace, key: string): Promise<PreparedKey> {
  const variables = { GNUPGHOME: await place.openpgpHome("own") };
  const imported = await place.run("gpg", ["--quiet", "--import"], { input: key, variables });
  if (imported.exit !== 0) return imported;
  const listed = await place.run("gpg", ["--with-colons", "--list-secret-keys"], { variables });
  if (listed.exit !== 0) return listed;
  const name = /^fpr:+([0-9A-F]+):/m.exec(listed.output)?.[1];
  return name === undefined
    ? { ...listed, exit: 1, complaint: "the key block holds no secret key" }
    : { name, variables };
}

/** Reads a tag object as git stores it; the signature at its end is no part of the message. */
export function parseTag(text: string): SignedTag["read"] {
  const end = text.indexOf("\n\n");
  const head = text.slice(0, end);
  const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(head)?.[1] ?? "";
  const [, name = "", email = "", seconds = "", offset = ""] =
    /^(.*) <(.*)> (\d+) ([+-]\d{4})$/.exec(field("tagger")) ?? [];
  const [message = ""] = text.slice(end + 2).split(/^-----BEGIN (?:PGP|SSH) SIGNATURE-----$/m);
  const date = instantOf(Number(seconds), offset);
  return { tag: field("tag"), type: field("type"), commit: field("object"), message, tagger: { name, email }, date };
}

/** Writes git's seconds and offset (`+0530`) as an instant of ISO 8601 that keeps the offset. */
function instantOf(seconds: number, offset: string): string {
  const [, sign, hours = "00", minutes = "00"] = /^([+-])(\d{2})(\d{2})$/.exec(offset) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return `${new Date(seconds * 1000 + ahead).toISOString().slice(0, 19)}${sign ?? "+"}${hours}:${minutes}`;
}

function unsigned(because: string): TagWriting {
  return { outcome: "refused", code: "tag.sign-failed", because };
}

function reasonOf({ complaint, exit }: ProgramEnding): string {
  return complaintOf(complaint) || `it ended with exit code ${exit ?? "none"}`;
}

function unread(tag: string, because: string): Failure {
  return new Failure({
    kind: "upstream",
    code: "tag.remote-unknown",
    message: `expected the remote to serve tag ${tag}, found: ${because}`,
    hint: "Wait and rerun the job; it asks the remote again before it writes.",
  });
}

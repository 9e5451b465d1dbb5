import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type NpmAnswer, npmAnswer } from "#src/adapters/npm-answers";
import { type NpmCommand, type NpmPlace, npmCommandIn } from "#src/adapters/npm-command";
import { registryWish } from "#src/adapters/npm-wish";
import { hexDigest } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import type { ChannelLook, PackageChannel, PointerSighting, VersionSighting } from "#src/ports/package-channel";
import type { Shell } from "#src/ports/shell";

/** Runs one npm command; its arguments are names of variables, never texts of others. */
type Npm = (line: string, variables: Record<string, string>) => Promise<NpmAnswer>;

const distTags = z.record(z.string(), z.string());
const viewTags = 'npm view "$SPEC" dist-tags';
const dist = z.object({ tarball: z.string() });
/** Words that turn users away, or the mere fact; npm takes an empty text for none. */
const deprecation = z.union([z.string(), z.boolean(), z.null()]).optional();
/** One field alone comes without its name. */
const listing = z.union([
  z.object({ dist, deprecated: deprecation }),
  dist.transform((only) => ({ dist: only, deprecated: undefined })),
]);

/** Asks the registry that the npm client is configured for, by the client itself, each time from a clean place with cold caches. */
export function npmClient(shell: Shell, place: NpmPlace): PackageChannel {
  return {
    async look({ name, version }) {
      if (!(await shell.which("npm"))) throw missing();
      const folder = await mkdtemp(join(place.temp, "seaworthy-npm-"));
      try {
        const npm = await npmCommandIn(folder, shell, place);
        const look = await lookFrom(folder, answering(npm), { name, version });
        const retryAt = isLimited(look) ? await registryWish(npm, name) : undefined;
        return { ...look, ...(retryAt ? { retryAt } : {}) };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Each command answers in JSON, which is read at once. */
function answering(npm: NpmCommand): Npm {
  return async (line, variables) => npmAnswer(await npm(line, variables));
}

function isLimited({ version }: ChannelLook): boolean {
  return version.seen === "unknown" && /\bE429\b/.test(version.because);
}

async function lookFrom(
  folder: string,
  npm: Npm,
  { name, version }: { name: string; version: string },
): Promise<ChannelLook> {
  const listed = await npm('npm view "$SPEC" dist deprecated', { SPEC: `${name}@${version}` });
  if ("unknown" in listed) return { version: { seen: "unknown", because: listed.unknown }, pointers: listed };
  if ("corrupt" in listed) {
    return { version: { seen: "unknown", because: listed.corrupt }, pointers: { unknown: listed.corrupt } };
  }
  if (!("value" in listed)) return lookAtOthers(npm, name, version);
  const pointers = readTags(await npm(viewTags, { SPEC: `${name}@${version}` }));
  const shown = listing.safeParse(listed.value);
  if (!shown.success) {
    return {
      version: { seen: "unknown", because: "expected the address of a tarball, found another answer" },
      pointers,
    };
  }
  return { version: withdrawal(await download(folder, npm, `${name}@${version}`), shown.data.deprecated), pointers };
}

/** The client finds nothing at all by a bare name while `latest` names a version that is not listed; a range still does. */
async function lookAtOthers(npm: Npm, name: string, version: string): Promise<ChannelLook> {
  const byName = await npm(viewTags, { SPEC: name });
  const byRange = "absent" in byName ? await npm(viewTags, { SPEC: `${name}@>=0.0.0-0` }) : byName;
  const pointers = readTags(byRange);
  return { version: unlisted(pointers, version), pointers, known: !("absent" in byRange) };
}

/** A deprecated version is still served, with words that turn users away from it. */
function withdrawal(version: VersionSighting, deprecated: z.output<typeof deprecation>): VersionSighting {
  if (version.seen !== "served" || !deprecated) return version;
  const because = deprecated === true ? "deprecated, without a reason" : `deprecated: ${deprecated}`;
  return { seen: "withdrawn", files: version.files, because };
}

/** A dist-tag that names a version which is not listed shows that the registry has accepted it; untold tags show nothing. */
function unlisted(tags: PointerSighting, version: string): VersionSighting {
  if (!(tags instanceof Map)) return { seen: "unknown", because: tags.unknown };
  const naming = [...tags].find(([, named]) => named === version);
  if (!naming) return { seen: "absent" };
  return { seen: "accepted", because: `dist-tag ${naming[0]} names ${version}, which is not listed yet` };
}

function readTags(answer: NpmAnswer): PointerSighting {
  if ("absent" in answer) return new Map();
  const value = "value" in answer ? answer.value : undefined;
  // Where several versions fit a range, the client answers once for each.
  const tags = distTags.safeParse(Array.isArray(value) ? value.at(-1) : value);
  if (tags.success) return new Map(Object.entries(tags.data));
  return { unknown: "unknown" in answer ? answer.unknown : "expected dist-tags, found another answer" };
}

/** Downloads the tarball as an installation would, but keeps it as it came. */
async function download(folder: string, npm: Npm, spec: string): Promise<VersionSighting> {
  const downloads = join(folder, "downloads");
  const line = 'npm pack --ignore-scripts --pack-destination "$DOWNLOADS" "$SPEC"';
  const packed = await npm(line, { DOWNLOADS: downloads, SPEC: spec });
  if ("unknown" in packed) return { seen: "unknown", because: packed.unknown };
  if ("corrupt" in packed) return { seen: "corrupt", because: packed.corrupt };
  if ("absent" in packed) return { seen: "accepted", because: `${spec} is listed, and its tarball is not served yet` };
  const [archive, ...others] = await readdir(downloads);
  if (archive === undefined || others.length > 0) {
    return {
      seen: "unknown",
      because: `expected one downloaded archive, found ${others.length > 0 ? "several" : "none"}`,
    };
  }
  const bytes = await readFile(join(downloads, archive));
  const digests = { sha256: hexDigest("sha256", bytes), sha512: hexDigest("sha512", bytes) };
  return { seen: "served", files: [{ name: null, digests, size: bytes.byteLength }] };
}

function missing(): Failure {
  return new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected npm on PATH, found none",
    hint: "Install Node with npm in the job before this step.",
  });
}

import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pip } from "#src/adapters/pip-program";
import { isForEveryMachine } from "#src/adapters/python-filenames";
import type { FetchedFile, NoIndexAnswer, PythonIndex } from "#src/adapters/python-index";
import type { IndexedFile } from "#src/adapters/python-index-page";
import { hexDigest } from "#src/domain/digest";
import type { ServedFile, VersionSighting } from "#src/ports/package-channel";

/** Who is asked for a version, and where what pip downloads may lie. */
export interface VersionAsker {
  index: PythonIndex;
  pip: Pip;
  folder: string;
  project: string;
  /** The version in Python's normal spelling. */
  spelling: string;
}

/** What was found, and when the index wants to be asked again. */
export interface VersionAnswer {
  version: VersionSighting;
  retryAt?: Date;
}

interface Download {
  file: IndexedFile;
  got: FetchedFile | NoIndexAnswer;
}

/** Looks for a version that no list holds: the answer about the version itself may come before the list does. */
export async function lookBesideTheList({ index, project, spelling }: VersionAsker): Promise<VersionAnswer> {
  const answer = await index.tellsOf(project, spelling);
  if (answer === undefined || "absent" in answer) return { version: { seen: "absent" } };
  if ("unknown" in answer) return untold(answer);
  if (!answer.tells) return { version: { seen: "absent" } };
  const because = `the index tells of ${spelling}, and its list does not hold it yet`;
  return { version: { seen: "accepted", because } };
}

/** Downloads every file that the list holds of a version, and lets pip take what it would install of it. */
export async function lookAtFiles(asker: VersionAsker, files: IndexedFile[]): Promise<VersionAnswer> {
  const downloads = await Promise.all(files.map(async (file) => ({ file, got: await asker.index.digest(file) })));
  const trouble = troubleOf(downloads);
  if (trouble) return trouble;
  const served = downloads.flatMap(({ file, got }) => ("sha256" in got ? [servedFile(file, got)] : []));
  const refused = files.some(({ filename }) => isForEveryMachine(filename)) ? await letPip(asker, served) : undefined;
  if (refused) return { version: refused };
  const yanked = files.find((file) => file.yanked !== undefined);
  if (!yanked) return { version: { seen: "served", files: served } };
  const because = `${yanked.filename} is yanked${yanked.yanked ? `: ${yanked.yanked}` : ", without a reason"}`;
  return { version: { seen: "withdrawn", files: served, because } };
}

/** Other bytes than the list announces come first, then what is unknown, then what is not there yet. */
function troubleOf(downloads: Download[]): VersionAnswer | undefined {
  for (const { file, got } of downloads) {
    if (!("sha256" in got) || file.sha256 === undefined || got.sha256 === file.sha256) continue;
    const because = `the index announces ${file.filename} with SHA-256 ${file.sha256}, and serves ${got.sha256}`;
    return { version: { seen: "corrupt", because } };
  }
  for (const { got } of downloads) if ("unknown" in got) return untold(got);
  const missing = downloads.find(({ got }) => "absent" in got);
  if (!missing) return undefined;
  return { version: { seen: "accepted", because: `${missing.file.filename} is listed, and not served yet` } };
}

/** Lets pip download the version for this machine; undefined where it got the bytes that the index served. */
async function letPip({ pip, folder, project, spelling }: VersionAsker, served: ServedFile[]) {
  const downloads = join(folder, "downloads");
  await mkdir(downloads);
  const words = 'download --no-deps --only-binary=:all: --ignore-requires-python --dest "$DOWNLOADS" -- "$SPEC"';
  const answer = await pip(words, { DOWNLOADS: downloads, SPEC: `${project}==${spelling}` });
  if ("unknown" in answer) return { seen: "unknown", because: answer.unknown } as const;
  if ("corrupt" in answer) return { seen: "corrupt", because: answer.corrupt } as const;
  if ("absent" in answer) {
    return { seen: "accepted", because: `the list holds ${spelling}, and pip does not find it yet` } as const;
  }
  return judgeDownload(downloads, served);
}

async function judgeDownload(downloads: string, served: ServedFile[]): Promise<VersionSighting | undefined> {
  const [name, ...others] = await readdir(downloads);
  const twin = served.find((file) => file.name === name);
  if (name === undefined || others.length > 0 || !twin) {
    return { seen: "unknown", because: `expected pip to download one listed file, found ${name ?? "none"}` };
  }
  const sha256 = hexDigest("sha256", await readFile(join(downloads, name)));
  if (sha256 === twin.digests.sha256) return undefined;
  return {
    seen: "corrupt",
    because: `pip got ${name} with SHA-256 ${sha256}, and the index served ${twin.digests.sha256}`,
  };
}

function servedFile({ filename }: IndexedFile, { sha256, sha512, size }: FetchedFile): ServedFile {
  return { name: filename, digests: { sha256, sha512 }, size };
}

function untold({ unknown, retryAt }: { unknown: string; retryAt?: Date }): VersionAnswer {
  return { version: { seen: "unknown", because: unknown }, ...(retryAt ? { retryAt } : {}) };
}

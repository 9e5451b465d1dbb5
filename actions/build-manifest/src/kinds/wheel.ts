import { readLaidOut } from "#src/domain/archive/archive-layout";
import { pythonName, pythonVersion } from "#src/domain/python-names";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import {
  archiveQuestion,
  broken,
  type Candidate,
  judgeIdentity,
  type Opening,
  type OpeningPolicy,
} from "../opening.ts";
import { headerFields, readMetadata } from "./python-metadata.ts";
import { recordComplaints } from "./wheel-record.ts";

const what = "a wheel";
const nameForm = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/;

/**
 * Opens a wheel (Binary distribution format): name, version and tags stand alike in its file name and its metadata, every
 * file has the digest that `RECORD` tells and none is missing there, and it is the package of a channel in this release.
 */
export function openWheel({ name: file, bytes }: Candidate, { release, packages }: OpeningPolicy): Opening {
  try {
    const [, name = "", version = "", python = "", abi = "", platform = ""] = nameForm.exec(file) ?? [];
    if (name === "")
      throw new RangeError("expected <name>-<version>-<python>-<abi>-<platform>.whl, found another name");
    const files = new Map(
      readLaidOut(bytes)
        .filter(({ regular }) => regular)
        .map(({ path, content }) => [path, content]),
    );
    const folder = infoFolder([...files.keys()]);
    const within = (path: string) => required(files, `${folder}/${path}`);
    const metadata = readMetadata(within("METADATA"));
    const found = { name: pythonName(metadata.name), version: pythonVersion(metadata.version) ?? metadata.version };
    const wanted = { names: packages.map(pythonName), version: pythonVersion(release.version) ?? release.version };
    const complaints = [
      ...namedOtherwise(file, { name, version }, found),
      ...tagComplaints(within("WHEEL"), expand(python, abi, platform)),
      ...recordComplaints(files, folder),
    ];
    const checks = [
      archiveQuestion(file, what).pass(`${files.size} files`),
      judgeIdentity(file, { found, wanted, channel: "pypi" }),
      judgeContent(file, complaints),
    ];
    return { package: metadata.name, platform: platform === "any" ? null : platform, registry: null, checks };
  } catch (thrown) {
    if (thrown instanceof RangeError) return broken(file, what, thrown);
    throw thrown;
  }
}

function infoFolder(paths: string[]): string {
  const folders = new Set(paths.flatMap((path) => /^[^/]+\.dist-info(?=\/)/.exec(path) ?? []));
  const [folder, rival] = folders;
  if (folder !== undefined && rival === undefined) return folder;
  throw new RangeError(`expected one folder .dist-info in the wheel, found ${[...folders].join(", ") || "none"}`);
}

function required(files: Map<string, Uint8Array>, path: string): Uint8Array {
  const content = files.get(path);
  if (content) return content;
  throw new RangeError(`expected ${path} in the wheel, found none`);
}

function namedOtherwise(
  file: string,
  inName: { name: string; version: string },
  { name, version }: { name: string; version: string },
): string[] {
  const told = `${pythonName(inName.name)}@${pythonVersion(inName.version)}`;
  return told === `${name}@${version}` ? [] : [`expected ${file} to hold ${told}, found ${name}@${version}`];
}

/** Tags of a file name stand for every combination of their parts (PEP 425). */
function expand(python: string, abi: string, platform: string): string[] {
  const parts = [python, abi, platform].map((part) => part.split("."));
  return parts
    .reduce<string[]>((tags, part) => tags.flatMap((tag) => part.map((one) => `${tag}-${one}`)), [""])
    .map((tag) => tag.slice(1));
}

function tagComplaints(wheel: Uint8Array, expected: string[]): string[] {
  const found = headerFields(new TextDecoder().decode(wheel)).get("tag") ?? [];
  const same = found.toSorted().join(" ") === expected.toSorted().join(" ");
  return same ? [] : [`expected the tags ${expected.join(", ")} as in the name, found ${found.join(", ") || "none"}`];
}

function judgeContent(file: string, complaints: string[]): Check {
  const ask = question(`content:${file}`, `${file} holds what its metadata says`);
  return complaints.length === 0
    ? ask.pass("name, tags and every digest of RECORD")
    : ask.fail("build.package-check-failed", complaints.slice(0, 20).join("; "));
}

import { readLaidOut } from "#src/domain/archive/archive-layout";
import { pythonName, pythonVersion } from "#src/domain/python-names";
import { question } from "#src/domain/question";
import {
  archiveQuestion,
  broken,
  type Candidate,
  judgeIdentity,
  type Opening,
  type OpeningPolicy,
} from "../opening.ts";
import { readMetadata } from "./python-metadata.ts";
import { soleFolder } from "./sole-folder.ts";

const what = "an sdist";

/**
 * Opens an sdist: all stands in one folder, whose `PKG-INFO` names the package of a channel in this release, as its file
 * name does.
 */
export function openSdist({ name: file, bytes }: Candidate, { release, packages }: OpeningPolicy): Opening {
  try {
    const entries = readLaidOut(bytes).filter(({ regular }) => regular);
    const folder = soleFolder(entries.map(({ path }) => path));
    const information = entries.find(({ path }) => path === `${folder}/PKG-INFO`);
    if (!information) throw new RangeError(`expected ${folder}/PKG-INFO in the sdist, found none`);
    const metadata = readMetadata(information.content);
    const found = { name: pythonName(metadata.name), version: pythonVersion(metadata.version) ?? metadata.version };
    const wanted = { names: packages.map(pythonName), version: pythonVersion(release.version) ?? release.version };
    const [, name = "", version = ""] = /^(.+)-([^-]+)\.tar\.gz$/.exec(file) ?? [];
    const told = `${pythonName(name)}@${pythonVersion(version)}`;
    const ask = question(`content:${file}`, `${file} holds what its name says`);
    const same = told === `${found.name}@${found.version}`;
    const checks = [
      archiveQuestion(file, what).pass(`${entries.length} files in ${folder}`),
      judgeIdentity(file, { found, wanted, channel: "pypi" }),
      same
        ? ask.pass(told)
        : ask.fail("build.package-check-failed", `expected ${found.name}-${found.version}.tar.gz, found ${file}`),
    ];
    return { package: metadata.name, platform: null, registry: null, checks };
  } catch (thrown) {
    if (thrown instanceof RangeError) return broken(file, what, thrown);
    throw thrown;
  }
}

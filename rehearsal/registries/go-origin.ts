import * as semver from "semver";
import { type Git, openGit } from "../github/git/git.ts";
import { packModule } from "./go-module-zip.ts";
import type { Kept } from "./registry-shelf.ts";

/** A module whose versions are the tags of a bare repository. */
export interface OriginModule {
  /** Path of the module, such as `example.com/tide` or `example.com/tide/v2`. */
  path: string;
  repository: string;
  /** Folder of its go.mod; empty for the repository's top. */
  folder?: string;
}

/** A version as it comes from the origin. */
export interface TaggedVersion {
  version: string;
  /** Commit time, as RFC 3339. */
  time: string;
  mod: string;
  zip: Buffer;
}

/** What a proxy remembers of a version beside its zip. */
export interface Remembered {
  time: string;
  mod: string;
}

/** Brings the tagged versions of a module that are not known yet: canonical ones of its major version, with a go.mod that names it. */
export async function newVersions(module: OriginModule, known: Pick<Kept, "version">[]): Promise<TaggedVersion[]> {
  const git = openGit(module.repository);
  const folder = module.folder ? `${module.folder}/` : "";
  const tags = (await git.run(["for-each-ref", "--format=%(refname:strip=2)", `refs/tags/${folder}v*`])).toString();
  const wanted = tags
    .split("\n")
    .map((tag) => tag.slice(folder.length))
    .filter((version) => isOf(module.path, version) && !known.some((each) => each.version === version));
  const found = await Promise.all(wanted.map((version) => bring(git, { path: module.path, folder, version })));
  return found.filter((each) => each !== undefined);
}

function isOf(path: string, version: string): boolean {
  const parsed = semver.parse(version);
  if (!parsed || `v${parsed.version}` !== version) return false;
  const [, major] = /\/v(\d+)$/.exec(path) ?? [];
  return major === undefined ? parsed.major <= 1 : parsed.major === Number(major);
}

async function bring(
  git: Git,
  named: { path: string; folder: string; version: string },
): Promise<TaggedVersion | undefined> {
  const { path, folder, version } = named;
  const tag = `refs/tags/${folder}${version}^{commit}`;
  const [commit = "", time = ""] = (await git.run(["log", "-1", "--format=%H %cI", tag])).toString().trim().split(" ");
  const mod = await git.find(["cat-file", "blob", `${commit}:${folder}go.mod`]);
  if (mod === undefined || /^module\s+"?([^\s"]+)/m.exec(mod)?.[1] !== path) return undefined;
  const zip = await packModule(git, { commit, folder, spec: `${path}@${version}` });
  return { version, time: new Date(time).toISOString().replace(".000Z", "Z"), mod: `${mod}\n`, zip };
}

import { readTar } from "#src/domain/archive/tar";
import { writeZip } from "#src/domain/archive/write-zip";
import { moduleFiles } from "#src/domain/go-module-files";
import type { Git } from "../github/git/git.ts";

/** Which module at which commit of a repository. */
export interface ModuleSource {
  commit: string;
  /** Folder of its go.mod, ending in a slash; empty for the repository's top. */
  folder: string;
  /** `path@version`, the folder in which all its files stand. */
  spec: string;
}

/** Packs a module as a proxy does (Go Modules Reference, "Module zip files"). Throws `RangeError` for a tree that Go refuses. */
export async function packModule(git: Git, { commit, folder, spec }: ModuleSource): Promise<Buffer> {
  const tree = readTar(await git.run(["archive", "--format=tar", commit]));
  const files = [...moduleFiles(tree, folder)].map(([path, content]) => [`${spec}/${path}`, content] as const);
  return Buffer.from(writeZip(files));
}

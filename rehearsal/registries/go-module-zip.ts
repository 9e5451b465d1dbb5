import { writeZip } from "../artifacts/zip.ts";
import type { Git } from "../github/git/git.ts";

/** Which module at which commit of a repository. */
export interface ModuleSource {
  commit: string;
  /** Folder of its go.mod, ending in a slash; empty for the repository's top. */
  folder: string;
  /** `path@version`, the folder in which all its files stand. */
  spec: string;
}

/**
 * Packs a module as a proxy does (Go Modules Reference, "Module zip files"): the regular files of its folder, without
 * those of modules below it and of vendored packages.
 */
export async function packModule(git: Git, { commit, folder, spec }: ModuleSource): Promise<Buffer> {
  const listed = (await git.run(["ls-tree", "-r", "-z", "--full-tree", `${commit}:${folder}`])).toString("utf8");
  const files = listed.split("\0").flatMap((line) => {
    const [, blob = "", path = ""] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return path === "" ? [] : [{ blob, path }];
  });
  const below = files.flatMap(({ path }) => (path.endsWith("/go.mod") ? path.slice(0, -"go.mod".length) : []));
  const own = files.filter(({ path }) => !isVendored(path) && !below.some((start) => path.startsWith(start)));
  const entries = own.map(async ({ blob, path }) => ({
    name: `${spec}/${path}`,
    content: await git.run(["cat-file", "blob", blob]),
  }));
  return writeZip(await Promise.all(entries));
}

function isVendored(path: string): boolean {
  return /(^|\/)vendor\/.*\//.test(path);
}

import { assetName } from "#src/domain/asset-name";
import type { BuiltFile, BuiltWith } from "#src/domain/build-manifest";
import { canonicalJson } from "#src/domain/digest";

/** Names a built file among all of a release: only an image goes by one name on several platforms. */
export function placeOf({ kind, name, platform }: Pick<BuiltFile, "kind" | "name" | "platform">): string {
  return kind === "image" && platform !== null ? `${name} (${platform})` : name;
}

/** Lists names that stand for other bytes in one leg of a build than in another, or for one asset; one would replace the other. */
export function rivalFiles(files: BuiltFile[]): string[] {
  const groups = Map.groupBy(files, placeOf);
  const rivals = [...groups].flatMap(([place, group]) =>
    new Set(group.map(({ kind, sha256 }) => `${kind} ${sha256}`)).size > 1 ? [place] : [],
  );
  return [...rivals, ...rivalAssets(files)];
}

/** Kinds that stand in the tree or on a registry of their own, and become no assets. */
const noAssets: ReadonlySet<BuiltFile["kind"]> = new Set<BuiltFile["kind"]>(["git-tree", "go-module", "image"]);

/** Lists files of several names that would be one asset of the release, as GitHub writes both names alike. */
export function rivalAssets(files: Pick<BuiltFile, "kind" | "name">[]): string[] {
  const assets = files.filter(({ kind }) => !noAssets.has(kind));
  const groups = Map.groupBy(new Set(assets.map(({ name }) => name)), assetName);
  return [...groups.values()].flatMap((names) => (names.length > 1 ? [names.join(" and ")] : []));
}

/** Joins the files of all legs, each once, in the order of their names. */
export function joinFiles(files: BuiltFile[]): BuiltFile[] {
  const distinct = [...new Map(files.map((file) => [placeOf(file), file])).values()];
  return distinct.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Joins the tools of all legs: one that says the same everywhere once, in the order of their ids. */
export function joinTools(tools: BuiltWith[]): BuiltWith[] {
  const distinct = new Map(tools.map((tool) => [canonicalJson(tool), tool]));
  return [...distinct.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

import type { BuiltFile, BuiltWith } from "#src/domain/build-manifest";
import { canonicalJson } from "#src/domain/digest";

/** Names a built file among all of a release: only an image goes by one name on several platforms. */
export function placeOf({ kind, name, platform }: Pick<BuiltFile, "kind" | "name" | "platform">): string {
  return kind === "image" && platform !== null ? `${name} (${platform})` : name;
}

/** Lists names that stand for other bytes in one leg of a build than in another; one would replace the other. */
export function rivalFiles(files: BuiltFile[]): string[] {
  const groups = Map.groupBy(files, placeOf);
  return [...groups].flatMap(([place, group]) =>
    new Set(group.map(({ kind, sha256 }) => `${kind} ${sha256}`)).size > 1 ? [place] : [],
  );
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

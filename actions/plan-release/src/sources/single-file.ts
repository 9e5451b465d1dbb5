import type { VersionSource } from "#src/contract/config/version-sources";
import { searchInTime } from "#src/domain/search-in-time";
import type { Found, VersionReading } from "../facts.ts";
import { parseJson, parseToml, parseYaml, pointedVersion, pointerOf } from "./documents.ts";
import { placeIn, trimmedValue, unreadable } from "./reading.ts";

/** A source that is one place in one file. */
export type SingleFile = Extract<VersionSource, { kind: "plain" | "json" | "toml" | "yaml" | "regex" }>;

/** Reads a source that is one place in one file. */
export function readSingleFile(source: SingleFile, text: string | undefined, file = source.file): VersionReading {
  return placeIn({ file, place: placeName(source) }, text, (held) => foundIn(source, held));
}

function placeName(source: SingleFile): string {
  if (source.kind === "plain") return "whole file";
  if (source.kind === "json") return source.pointer;
  return source.kind === "regex" ? `/${source.pattern}/` : source.key;
}

function foundIn(source: SingleFile, text: string): Found {
  switch (source.kind) {
    case "plain":
      return trimmedValue(text);
    case "json":
      return pointedVersion(parseJson(text), source.pointer);
    case "toml":
      return pointedVersion(parseToml(text), pointerOf(source.key));
    case "yaml":
      return pointedVersion(parseYaml(text), pointerOf(source.key));
    case "regex":
      return matchedVersion(source.pattern, text);
  }
}

/** Reads what the expression's one group holds; throws `all.expression-too-slow`. Matches that say different versions leave it open which one counts. */
export function matchedVersion(pattern: string, text: string): Found {
  const found = searchInTime(`\`version.sources\`, \`${pattern}\`,`, () =>
    [...text.matchAll(new RegExp(pattern, "gm"))].map(([, group]) => group ?? ""),
  );
  const values = [...new Set(found)];
  const [only] = values;
  if (only === undefined) return unreadable("the expression matches nothing");
  return values.length === 1 ? trimmedValue(only) : unreadable(`several values: ${values.join(", ")}`);
}

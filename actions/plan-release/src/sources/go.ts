import type { VersionReading } from "../facts.ts";
import { type CommitFiles, placeIn, trimmedValue, unreadable } from "./reading.ts";
import { matchedVersion } from "./single-file.ts";

/** A Go module: its tag is its version, unless a file holds it too. */
export interface GoPlaces {
  module: string;
  file?: string | undefined;
  pattern?: string | undefined;
}

/** Reads a Go module: the file that holds its version where one is named, and the major version of its path. */
export async function readGo(
  source: GoPlaces,
  files: CommitFiles,
  asked: string | undefined,
): Promise<VersionReading[]> {
  const version = source.file === undefined ? tagOnly(source, asked) : goFile(source, await files.read(source.file));
  const text = version.found.kind === "value" ? version.found.text : undefined;
  const path = modulePath(source.module, await files.read(source.module), text);
  return source.file === undefined && path.found.kind === "not-applicable" ? [version] : [version, path];
}

/** Reads the file that holds a module's version, as a whole or where the expression finds it. */
export function goFile({ file = "", pattern }: GoPlaces, text: string | undefined): VersionReading {
  const place = pattern === undefined ? "whole file" : `/${pattern}/`;
  return placeIn({ file, place }, text, (held) =>
    pattern === undefined ? trimmedValue(held) : matchedVersion(pattern, held),
  );
}

function tagOnly({ module }: GoPlaces, asked: string | undefined): VersionReading {
  const found =
    asked === undefined ? unreadable("a module without a version file needs the input `tag`") : trimmedValue(asked);
  return { file: module, place: "input tag", found };
}

/** From version 2 on, the path of a module ends in `/vN` (modules of gopkg.in: `.vN`); a path that does not fit is never installed. */
function modulePath(file: string, text: string | undefined, version: string | undefined): VersionReading {
  return placeIn({ file, place: "module path" }, text, (held) => {
    const [, path] = /^module\s+"?([^\s"]+)"?\s*(?:\/\/.*)?$/m.exec(held) ?? [];
    if (path === undefined) return unreadable("no module is named");
    if (version === undefined)
      return { kind: "not-applicable", because: "no version is known to compare the path with" };
    const major = /^\d+/.exec(version)?.[0] ?? "0";
    const [, suffix = "0"] = /(?:\/|gopkg\.in\/.*\.)v(\d+)$/.exec(path) ?? [];
    const fits = Number(major) < 2 ? Number(suffix) < 2 : suffix === major;
    return fits
      ? { kind: "not-applicable", because: `${path} fits version ${version}` }
      : unreadable(`${path} does not end in /v${major}`);
  });
}

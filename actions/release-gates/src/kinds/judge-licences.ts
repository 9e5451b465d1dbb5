import { type ArchivedFile, listArchive } from "#src/domain/archive/list-archive";
import type { Finding } from "../leg-report.ts";
import type { ReadFile } from "./file-gate.ts";

/** Where a wheel and a jar keep their licences, besides the root. */
const besides = /^(?:[^/]+\.dist-info\/(?:licenses\/)?|META-INF\/)/;

/** Judges archives: each holds every wanted file, not empty. One that does not open makes the gate inconclusive. */
export function judgeArchives(contains: (string | string[])[], archives: ReadFile[]): Finding {
  const lacking: string[] = [];
  for (const { path, bytes } of archives) {
    const missing = missingIn(bytes, contains);
    if ("broken" in missing) {
      const because = `${path}: ${missing.broken}`;
      return { result: "inconclusive", code: "gates.licence-unreadable", because, evidence: [] };
    }
    lacking.push(...missing.names.map((name) => `${path} lacks ${name}`));
  }
  if (lacking.length > 0) {
    const because = `expected licence files in every archive, found: ${lacking.join("; ")}`;
    return { result: "fail", code: "gates.licence-missing", because, evidence: [] };
  }
  const because = `${archives.map(({ path }) => path).join(", ")} hold what is wanted`;
  return { result: "pass", because, evidence: [] };
}

function missingIn(bytes: Uint8Array, contains: (string | string[])[]): { broken: string } | { names: string[] } {
  try {
    const held = placesOf(listArchive(bytes));
    const wanted = contains.map((name) => [name].flat());
    const missing = wanted.filter((alternatives) => !alternatives.some((name) => held.has(name)));
    return { names: missing.map((alternatives) => alternatives.join(" or ")) };
  } catch (thrown) {
    if (thrown instanceof RangeError) return { broken: thrown.message };
    throw thrown;
  }
}

/** The names under which files that are not empty count: by the root, the one top folder, and where wheels keep licences. */
function placesOf(files: ArchivedFile[]): Set<string> {
  const tops = new Set(files.map(({ path }) => path.slice(0, path.indexOf("/") + 1)));
  const [only = ""] = tops;
  const top = tops.size === 1 ? only : "";
  const filled = files.filter(({ size }) => size > 0).map(({ path }) => path);
  return new Set(filled.flatMap((path) => [path, path.slice(top.length), path.replace(besides, "")]));
}

import { amount } from "#src/domain/amount";
import { doubled, strayIn } from "#src/domain/archive/archive-layout";
import { type ArchiveEntry, readArchive } from "#src/domain/archive/read-archive";
import { anyGlob } from "#src/domain/glob";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { archiveQuestion, broken, type Candidate, type Opening, type OpeningPolicy, unnamed } from "../opening.ts";
import { programForm } from "./program-form.ts";

const what = "an archive";

/**
 * Opens an archive that users unpack as it is: every entry unpacks, none leaves the folder, links and folders among them,
 * none stands there twice, and its programs have their execute bits. Programs are those that are declared, and all that their bytes prove to be.
 */
export function openArchive({ name: file, bytes }: Candidate, { programs }: OpeningPolicy): Opening {
  try {
    const all = readArchive(bytes);
    const entries = all.filter(({ regular }) => regular);
    const ask = archiveQuestion(file, what);
    const wrong = entries.length === 0 ? "expected files in the archive, found none" : (strayIn(all) ?? doubled(all));
    const opens = wrong ? ask.fail("build.archive-broken", wrong) : ask.pass(amount(entries.length, "file"));
    return unnamed([opens, ...judgePrograms(file, entries, programs)]);
  } catch (thrown) {
    if (thrown instanceof RangeError) return broken(file, what, thrown);
    throw thrown;
  }
}

function judgePrograms(file: string, entries: ArchiveEntry[], declared: string[]): Check[] {
  const [id, title] = [`programs:${file}`, `The programs of ${file} can be run`];
  const named = anyGlob(declared);
  const absent = declared.filter((glob) => !entries.some(({ path }) => anyGlob([glob])(plain(path))));
  if (absent.length > 0) {
    const because = `expected ${absent.join(", ")} in the archive, found none`;
    return [question(id, title).fail("build.artifact-missing", because)];
  }
  const programs = entries.map((entry) => ({ entry, form: named(plain(entry.path)) ? "named" : formOf(entry) }));
  const lost = programs.filter(({ entry, form }) => form !== undefined && lacksBits(entry));
  const required = lost.some(({ form }) => form !== "script");
  const count = programs.filter(({ form }) => form !== undefined).length;
  if (count === 0) return [];
  if (lost.length === 0) return [question(id, title).pass(`${count} with their execute bits`)];
  const found = lost.map(({ entry }) => `${entry.path} ${entry.mode?.toString(8) ?? "without permission bits"}`);
  const because = `expected the execute bits, found ${found.join(", ")}`;
  return [question(id, title, required).fail("build.mode-lost", because)];
}

function plain(path: string): string {
  return path.replace(/^(\.\/)+/, "");
}

function formOf({ content }: ArchiveEntry): "binary" | "script" | undefined {
  return programForm(content);
}

/** Programs of Windows are run without the bits; that they are such, their first bytes say. */
function lacksBits({ mode, content }: ArchiveEntry): boolean {
  const windows = content[0] === 0x4d && content[1] === 0x5a;
  return !windows && (mode === undefined || (mode & 0o111) !== 0o111);
}

import { parse } from "smol-toml";
import * as z from "zod";
import { readLaidOut } from "#src/domain/archive/archive-layout";
import type { ArchiveEntry } from "#src/domain/archive/read-archive";
import { parseJson } from "#src/domain/parse-json";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import {
  archiveQuestion,
  broken,
  type Candidate,
  judgeIdentity,
  type Opening,
  type OpeningPolicy,
} from "../opening.ts";
import { soleFolder } from "./sole-folder.ts";

const what = "a crate";
const vcsFile = ".cargo_vcs_info.json";
const manifestForm = z.object({ package: z.object({ name: z.string().min(1), version: z.string().min(1) }) });
const vcsForm = z.object({ git: z.object({ sha1: z.string(), dirty: z.boolean().default(false) }) });

/**
 * Opens a crate as `cargo package` makes it: all stands in one folder named after it, its `Cargo.toml` names the package of
 * a channel in this release, and cargo's own note says that it was packed from the released commit, with nothing changed.
 */
export function openCrate({ name: file, bytes }: Candidate, { release, packages }: OpeningPolicy): Opening {
  try {
    const entries = readLaidOut(bytes).filter(({ regular }) => regular);
    const folder = soleFolder(entries.map(({ path }) => path));
    const { name, version } = readManifest(entries, folder);
    if (folder !== `${name}-${version}`)
      throw new RangeError(`expected the folder ${name}-${version}, found ${folder}`);
    const checks = [
      archiveQuestion(file, what).pass(`${entries.length} files in ${folder}`),
      judgeIdentity(file, {
        found: { name, version },
        wanted: { names: packages, version: release.version },
        channel: "cargo",
      }),
      judgeSource(
        file,
        entries.find(({ path }) => path === `${folder}/${vcsFile}`),
        release.sha,
      ),
    ];
    return { package: name, platform: null, registry: null, checks };
  } catch (thrown) {
    if (thrown instanceof RangeError) return broken(file, what, thrown);
    throw thrown;
  }
}

function readManifest(entries: ArchiveEntry[], folder: string): { name: string; version: string } {
  const manifest = entries.find(({ path }) => path === `${folder}/Cargo.toml`);
  if (!manifest) throw new RangeError(`expected ${folder}/Cargo.toml in the crate, found none`);
  const read = manifestForm.safeParse(tomlOf(manifest.content));
  if (read.success) return read.data.package;
  throw new RangeError("expected name and version of a package in Cargo.toml, found none");
}

function tomlOf(content: Uint8Array): unknown {
  try {
    return parse(new TextDecoder().decode(content));
  } catch (thrown) {
    throw new RangeError(`expected TOML in Cargo.toml, found ${thrown instanceof Error ? thrown.message : "none"}`);
  }
}

function judgeSource(file: string, note: ArchiveEntry | undefined, sha: string): Check {
  const ask = question(`source:${file}`, `${file} was packed from the released commit`);
  const read = note && vcsForm.safeParse(parseJson(note.content));
  if (!read?.success) {
    return ask.fail("build.metadata-missing", `expected the commit in ${vcsFile} of the crate, found none`);
  }
  const { sha1, dirty } = read.data.git;
  if (sha1 !== sha) return ask.fail("build.sha-mismatch", `expected ${sha}, found ${sha1}`);
  return dirty
    ? ask.fail("build.sha-mismatch", `expected the files of ${sha}, found changed ones (dirty)`)
    : ask.pass(`cargo packed it from ${sha}`);
}

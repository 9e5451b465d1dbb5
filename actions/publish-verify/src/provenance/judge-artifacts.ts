import { amount } from "#src/domain/amount";
import type { BuiltFile } from "#src/domain/build-manifest";
import { placeOf } from "#src/domain/built-files";
import { hexDigest } from "#src/domain/digest";
import { anyGlob } from "#src/domain/glob";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { carriedBytes, strayFiles } from "./carried-bytes.ts";
import type { Build, ProvenanceFacts } from "./facts.ts";

/** Judges every byte that was handed over: each file of a manifest is there, as large and with the digests that it says. */
export function judgeArtifacts({ builds, tag, release }: ProvenanceFacts): Check {
  const ask = question("artifacts", "Every built file is there, with the bytes of its manifest");
  const files = builds.flatMap((build) => build.manifest.files.map((file) => ({ build, file })));
  if (files.length === 0) return ask.unsure("publish.files-empty", "expected built files, found none");
  const inTree = files.filter(({ file }) => file.kind === "git-tree");
  if (inTree.length > 0 && tag.seen === "unknown") return ask.unsure("publish.remote-unknown", tag.because);
  const digests = tag.seen === "served" ? tag.digests : new Map<string, string>();
  // Before the tag is there, build-manifest's own look at the checkout is all that there is to go by.
  const lookable = release.mode === "live" || tag.seen === "served";
  const found = files.map(({ build, file }) => {
    if (!standsInTree(file)) return carriedFinding(build, file);
    return lookable ? treeFinding(file, digests) : undefined;
  });
  const strays = builds.flatMap(strayFiles);
  const missing = found.flatMap((one) => (one && "missing" in one ? [one.missing] : []));
  const differing = found.flatMap((one) => (one && "differing" in one ? [one.differing] : []));
  if (differing.length > 0) return ask.fail("publish.artifact-hash", differing.join("; "));
  if (missing.length > 0) return ask.fail("publish.artifact-missing", `expected ${missing.join(", ")}, found none`);
  if (strays.length > 0) {
    return ask.fail("publish.artifact-unexpected", `expected only files of the manifest, found ${strays.join(", ")}`);
  }
  return ask.pass(
    `${amount(files.length, "file")} as built`,
    files.map(({ file }) => `sha256:${file.sha256}`),
  );
}

/** Judges whether the build is complete, by the rules of the configuration; what no rule knows is an error. */
export function judgeCompleteness({ policy, builds, release }: ProvenanceFacts): Check[] {
  const rules = policy?.files ?? [];
  if (rules.length === 0) return [];
  const ask = question("complete", "Everything that a build has to make is there, and nothing else");
  const names = [...new Set(builds.flatMap(({ manifest }) => manifest.files.map(({ name }) => name)))];
  const globOf = (pattern: string) => pattern.replaceAll("{version}", release.version);
  const counts = rules.map(({ pattern, least, most }) => {
    const fits = anyGlob([globOf(pattern)]);
    return { pattern: globOf(pattern), least, most, count: names.filter(fits).length };
  });
  const known = anyGlob(rules.map(({ pattern }) => globOf(pattern)));
  const few = counts.filter(({ least, count }) => count < least);
  if (few.length > 0) {
    const because = few.map(({ pattern, least, count }) => `expected at least ${least} of ${pattern}, found ${count}`);
    return [ask.fail("publish.artifact-missing", because.join("; "))];
  }
  const many = counts.filter(({ most, count }) => most !== undefined && count > most);
  const strangers = names.filter((name) => !known(name));
  if (many.length + strangers.length > 0) {
    const because = [
      ...many.map(({ pattern, most, count }) => `expected at most ${most} of ${pattern}, found ${count}`),
      ...strangers.map((name) => `expected no file of another rule, found ${name}`),
    ];
    return [ask.fail("publish.artifact-unexpected", because.join("; "))];
  }
  return [ask.pass(counts.map(({ pattern, count }) => `${count} of ${pattern}`).join(", "))];
}

type Finding = { missing: string } | { differing: string } | undefined;

function standsInTree({ kind }: BuiltFile): boolean {
  return kind === "git-tree";
}

function treeFinding({ name, sha256 }: BuiltFile, digests: ReadonlyMap<string, string>): Finding {
  const found = digests.get(name);
  if (found === undefined) return { missing: name };
  return found === sha256 ? undefined : { differing: `expected ${name} to digest to ${sha256}, found ${found}` };
}

function carriedFinding(build: Build, file: BuiltFile): Finding {
  const { name, size, sha256, sha512 } = file;
  const bytes = carriedBytes(build, file);
  if (!bytes) return { missing: placeOf(file) };
  if (bytes.byteLength !== size) return { differing: `expected ${size} bytes of ${name}, found ${bytes.byteLength}` };
  const found = hexDigest("sha256", bytes);
  if (found === sha256 && hexDigest("sha512", bytes) === sha512) return undefined;
  return { differing: `expected ${name} to digest to ${sha256}, found ${found}` };
}

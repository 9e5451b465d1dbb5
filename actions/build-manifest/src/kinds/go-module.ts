import { posix } from "node:path";
import { readArchive } from "#src/domain/archive/read-archive";
import { writeZip } from "#src/domain/archive/write-zip";
import { modulesFolder } from "#src/domain/build-manifest";
import { goDirhash } from "#src/domain/go-dirhash";
import { moduleFiles } from "#src/domain/go-module-files";
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

const what = "a Go module";

/**
 * Digests a module as Go names it (`h1:`): out of the committed tree where the file is its go.mod, else out of the module
 * zip that was built. It is the module of a channel, and the tag is the one by which Go finds this version.
 */
export function openGoModule(file: Candidate, policy: OpeningPolicy): Opening {
  try {
    return posix.basename(file.path) === "go.mod" ? openTree(file, policy) : openZip(file, policy);
  } catch (thrown) {
    if (thrown instanceof RangeError) return broken(file.name, what, thrown);
    throw thrown;
  }
}

function openTree({ name: file, path }: Candidate, policy: OpeningPolicy): Opening {
  const folder = path.slice(0, -"go.mod".length);
  const files = moduleFiles(policy.tree, folder);
  const found = { name: pathOf(files.get("go.mod")), version: `v${policy.release.version}` };
  const spec = `${found.name}@${found.version}`;
  const packed = new Map([...files].map(([inner, content]) => [`${spec}/${inner}`, content]));
  const { list, h1 } = goDirhash(packed);
  const checks = [
    archiveQuestion(file, what).pass(`${files.size} files of ${spec}, ${h1}`),
    judgeModule(file, found, policy),
    judgeTag(file, folder, policy),
  ];
  const entry = { name: spec, bytes: new TextEncoder().encode(list) };
  const travels = [{ name: `${modulesFolder}/${spec}.zip`, content: writeZip(packed) }];
  return { package: found.name, platform: null, registry: h1, entry, travels, checks };
}

function openZip({ name: file, bytes }: Candidate, policy: OpeningPolicy): Opening {
  const files = new Map(readArchive(bytes).map(({ path, content }) => [path, content]));
  const goMod = [...files.keys()].find((path) => /^[^@]+@[^/]+\/go\.mod$/.test(path));
  if (goMod === undefined) throw new RangeError("expected <module>@<version>/go.mod in the module zip, found none");
  const prefix = goMod.slice(0, -"go.mod".length);
  const stray = [...files.keys()].find((path) => !path.startsWith(prefix));
  if (stray !== undefined) throw new RangeError(`expected all files in ${prefix}, found ${stray}`);
  const [name = "", version = ""] = prefix.slice(0, -1).split("@");
  const declared = pathOf(files.get(goMod));
  if (declared !== name) throw new RangeError(`expected a zip of ${declared} as its go.mod says, found ${name}`);
  const { h1 } = goDirhash(files);
  const checks = [
    archiveQuestion(file, what).pass(`${files.size} files of ${name}@${version}, ${h1}`),
    judgeModule(file, { name, version }, policy),
  ];
  return { package: name, platform: null, registry: h1, checks };
}

function pathOf(goMod: Uint8Array | undefined): string {
  const [, path] = /^module\s+"?([^\s"]+)"?\s*(?:\/\/.*)?$/m.exec(new TextDecoder().decode(goMod)) ?? [];
  if (path !== undefined) return path;
  throw new RangeError("expected the path of a module in go.mod, found none");
}

function judgeModule(file: string, found: { name: string; version: string }, policy: OpeningPolicy): Check {
  const wanted = { names: policy.packages, version: `v${policy.release.version}` };
  return judgeIdentity(file, { found, wanted, channel: "go" });
}

/** Go takes the version of a module in a folder from a tag that begins with the folder. */
function judgeTag(file: string, folder: string, { release }: OpeningPolicy): Check {
  const ask = question(`tag:${file}`, `Go finds ${file} by the release's tag`);
  const wanted = `${folder}v${release.version}`;
  if (release.tag === wanted) return ask.pass(wanted);
  return ask.fail("build.version-mismatch", `expected the tag ${wanted}, found ${release.tag}`);
}

import type { Check } from "#src/domain/verdict";
import type { PackedPackage, Program } from "./packed-package.ts";

/** What a tarball must carry: the release's version, and the name of one of the npm channels' packages. */
export interface PackagePolicy {
  version: string;
  packages: string[];
}

/**
 * Judges a tarball: it opens, it is the package of a channel in the released version, and its programs are in it. Lost
 * execute bits are only reported: the npm client sets them for whatever `bin` names when it installs.
 */
export function judgePackage(file: string, opened: PackedPackage, policy: PackagePolicy): Check[] {
  const archive = { id: `archive:${file}`, title: `${file} opens as an npm package`, required: true, evidence: [] };
  if ("broken" in opened) {
    return [{ ...archive, result: "fail", code: "build.archive-broken", because: opened.broken }];
  }
  return [
    { ...archive, result: "pass", because: `holds ${opened.name}@${opened.version}` },
    judgeIdentity(file, opened, policy),
    ...(opened.programs.length > 0 ? [judgePrograms(file, opened.programs)] : []),
  ];
}

function judgeIdentity(
  file: string,
  { name, version }: { name: string; version: string },
  { version: wanted, packages }: PackagePolicy,
): Check {
  const check = { id: `identity:${file}`, title: `${file} is the released version`, required: true, evidence: [] };
  if (packages.length === 0) {
    const because = "expected a channel of kind npm that names the package, found none";
    return { ...check, result: "inconclusive", code: "publish.no-channel", because };
  }
  const found = `${name}@${version}`;
  const expected = packages.map((one) => `${one}@${wanted}`);
  if (expected.includes(found)) return { ...check, result: "pass", because: found };
  const because = `expected ${expected.join(" or ")}, found ${found}`;
  return { ...check, result: "fail", code: "build.version-mismatch", because };
}

function judgePrograms(file: string, programs: Program[]): Check {
  const check = { id: `programs:${file}`, title: `The programs of ${file} can be run`, required: true, evidence: [] };
  const absent = programs.filter(({ mode }) => mode === undefined).map((program) => program.file);
  if (absent.length > 0) {
    const because = `expected ${absent.join(", ")} in the archive, found none`;
    return { ...check, result: "fail", code: "build.artifact-missing", because };
  }
  const lost = programs.filter(({ mode = 0 }) => (mode & 0o111) !== 0o111);
  if (lost.length > 0) {
    const found = lost.map(({ file: path, mode = 0 }) => `${path} ${mode.toString(8)}`);
    const because = `expected the execute bits, found ${found.join(", ")}`;
    return { ...check, required: false, result: "fail", code: "build.mode-lost", because };
  }
  return { ...check, result: "pass", because: `${programs.length} with their execute bits` };
}

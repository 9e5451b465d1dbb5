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
import { openPackage, type Program } from "./npm-package.ts";

/**
 * Opens a tarball of npm, and judges that it is the package of a channel in the released version, with its programs in it.
 * Lost execute bits are only reported: the npm client sets them for whatever `bin` names when it installs.
 */
export function openNpm({ name: file, bytes }: Candidate, { release, packages }: OpeningPolicy): Opening {
  const what = "an npm package";
  const opened = openPackage(bytes);
  if ("broken" in opened) return broken(file, what, opened.broken);
  const { name, version, programs } = opened;
  const wanted = { names: packages, version: release.version };
  const checks = [
    archiveQuestion(file, what).pass(`holds ${name}@${version}`),
    judgeIdentity(file, { found: { name, version }, wanted, channel: "npm" }),
    ...(programs.length > 0 ? [judgePrograms(file, programs)] : []),
  ];
  return { package: name, platform: null, registry: null, checks };
}

function judgePrograms(file: string, programs: Program[]): Check {
  const [id, title] = [`programs:${file}`, `The programs of ${file} can be run`];
  const ask = question(id, title);
  const absent = programs.filter(({ mode }) => mode === undefined).map((program) => program.file);
  if (absent.length > 0) {
    return ask.fail("build.artifact-missing", `expected ${absent.join(", ")} in the archive, found none`);
  }
  const lost = programs.filter(({ mode = 0 }) => (mode & 0o111) !== 0o111);
  if (lost.length === 0) return ask.pass(`${programs.length} with their execute bits`);
  const found = lost.map(({ file: path, mode = 0 }) => `${path} ${mode.toString(8)}`);
  return question(id, title, false).fail("build.mode-lost", `expected the execute bits, found ${found.join(", ")}`);
}

import { pythonName, pythonVersion } from "#src/domain/python-names";

/** Tells whether a file of an index belongs to a version of a project, by its name: a wheel or a source distribution. */
export function belongsTo(filename: string, project: string, version: string): boolean {
  const file = wheel.exec(filename) ?? sdist.exec(filename);
  const [, name = "", spelling = ""] = file ?? [];
  return pythonName(name) === pythonName(project) && comparable(spelling) === comparable(version);
}

/** Tells whether a wheel is for every machine, so that pip takes it wherever it runs. */
export function isForEveryMachine(filename: string): boolean {
  return /-(?:py2\.)?py3-none-any\.whl$/.test(filename);
}

const wheel = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$/;
const sdist = /^(.+)-([^-]+)\.(?:tar\.gz|zip)$/;

/** Versions that differ by zeros at the end of their numbers are one. */
function comparable(spelling: string): string | undefined {
  return pythonVersion(spelling)?.replace(/^((?:\d+!)?\d+(?:\.\d+)*?)(?:\.0)*(?=$|[a-z+]|\.post|\.dev)/, "$1");
}

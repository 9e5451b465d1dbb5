/** Reads a version of Python's normal spelling as a semantic one, so that it is ordered among the others; undefined for one of another form. */
export function semverOfPython(spelling: string): string | undefined {
  const [, numbers, kind, count = "0"] = /^(\d+(?:\.\d+){0,2})(?:\.?(a|b|rc|dev)(\d+))?$/.exec(spelling) ?? [];
  if (numbers === undefined) return undefined;
  const [major = "0", minor = "0", patch = "0"] = numbers.split(".");
  const release = [major, minor, patch].map(Number).join(".");
  return kind === undefined ? release : `${release}-${kind}.${count}`;
}

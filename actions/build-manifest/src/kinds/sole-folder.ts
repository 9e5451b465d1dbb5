/** Finds the one folder that holds everything of an archive. Throws `RangeError` where there is another beside it, or none. */
export function soleFolder(paths: string[]): string {
  const folders = new Set(paths.map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "")));
  const [folder = "", rival] = folders;
  if (folder !== "" && folder !== "." && folder !== ".." && rival === undefined) return folder;
  throw new RangeError(`expected one folder that holds everything, found ${[...folders].join(", ") || "none"}`);
}

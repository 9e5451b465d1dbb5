import { posix } from "node:path";

/** Stands for a dot while names are matched, since globs treat a name that begins with one as hidden. */
const dot = "\uE000";

/** Compiles globs into one question: does any of them name this path? Names that begin with a dot are like all others. */
export function anyGlob(globs: string[]): (path: string) => boolean {
  const wanted = globs.map((glob) => withoutDots(glob.replace(/^(\.\/)+/, "")));
  return (path) => {
    const dotless = path.replaceAll(".", dot);
    return wanted.some((glob) => posix.matchesGlob(dotless, glob));
  };
}

/**
 * Compiles globs of parts of the repository, from its root: `src/` stands for all files of the folder, and `src` for the file or
 * for all files of the folder of that name.
 */
export function anyArea(globs: string[]): (path: string) => boolean {
  return anyGlob(globs.flatMap(inside));
}

function inside(glob: string): string[] {
  if (glob.endsWith("/")) return [`${glob}**`];
  const last = glob.slice(glob.lastIndexOf("/") + 1);
  return /[*?[\]{}()]/.test(last) ? [glob] : [glob, `${glob}/**`];
}

/** Dots of ranges such as `{1..3}` are the glob's own. */
function withoutDots(glob: string): string {
  return glob.replace(/\{[^{},]*\.\.[^{},]*\}|\./g, (part) => (part === "." ? dot : part));
}

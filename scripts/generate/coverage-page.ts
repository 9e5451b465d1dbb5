/** A test by its file and its title. */
export interface TestTitle {
  file: string;
  title: string;
}

const idPattern = /\b(?:ALL|PLN|GAT|PRO|TAG|BLD|PUB|DEP|SMK|WAT|VER)-\d{2}\b|\bF\d{2}\b/g;
const titlePattern = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()]*\))?\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/gs;
/** The title behind a table of `it.each`, whatever the table holds. */
const behindTablePattern = /\)\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1\s*,/gs;
const rowPattern = /^\s*\[\s*(["'])((?:\\.|(?!\1)[^\\])*)\1\s*,/gm;

/** Finds the titles in a test file: of `describe`, `it` and `test`, and of table rows, whose first cell is their title. */
export function titlesOf(file: string, source: string): TestTitle[] {
  const patterns = [titlePattern, behindTablePattern, rowPattern];
  const titles = patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, , title = ""]) => title));
  return titles.map((title) => ({ file, title: title.replace(/\s+/g, " ") }));
}

/** Writes docs/coverage.md: each requirement and failure id with the tests whose titles name it. */
export function coveragePage(titles: TestTitle[]): string {
  const byId = new Map<string, TestTitle[]>();
  for (const title of titles) {
    for (const [id] of title.title.matchAll(idPattern)) byId.set(id, [...(byId.get(id) ?? []), title]);
  }
  const ids = [...byId.keys()].sort();
  const sections = ids.map((id) => {
    const rows = (byId.get(id) ?? []).map(({ file, title }) => `- ${title.replace(/[<>|]/g, "\\$&")} (\`${file}\`)`);
    return `## ${id}\n\n${[...new Set(rows)].sort().join("\n")}\n`;
  });
  return [
    "# What is proven, and by which test",
    "",
    "Generated from the ids in test titles by `npm run generate`; an id that is not listed is not proven yet.",
    `${ids.length} ids are named.`,
    "",
    ...sections,
  ].join("\n");
}

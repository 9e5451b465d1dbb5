import type { CodeEntry } from "#src/domain/catalogue";

/** Writes docs/errors.md: a heading for each reason code, so that annotations can link to it. */
export function errorsPage(catalogue: Record<string, CodeEntry>): string {
  const sections = Object.entries(catalogue).map(
    ([code, { meaning, remedy, overridable }]) =>
      `### ${code}\n\n${meaning}\n\n*What to do:* ${remedy}\n\n*A person's recorded override may answer it:* ${overridable ? "yes" : "no"}.\n`,
  );
  return [
    "# Reason codes",
    "",
    "Generated from `src/domain/codes/` by `npm run generate`. Codes have the form `<stage>.<reason>` and do not change between minor versions.",
    "",
    ...sections,
  ].join("\n");
}

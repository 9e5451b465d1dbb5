import * as z from "zod";
import { identifier, repositoryGlob, uniqueById, words } from "#src/contract/config/fields";

/** Globs, from the root of the repository, over the paths that changed since the release before. */
export const globs = (what: string) =>
  z
    .array(repositoryGlob())
    .min(1)
    .describe(`Globs of ${what}; \`src\` and \`src/\` stand for all files of that folder.`);

const component = z.strictObject({
  id: identifier().describe("Id of the component; commits name it as their scope, as in `fix(api): …`."),
  paths: globs("its files"),
  scopes: z.array(z.string().trim().min(1)).default([]).describe("Further scopes by which commits name it."),
});

const exclusion = z.strictObject({
  ticket: z.string().trim().min(1).describe("Ticket, as commits write it: `#12`, or `TIDE-7`."),
  by: z.string().trim().min(1).describe("Who excludes it."),
  reason: words(10).describe("Why."),
});

/** How the changes since the release before are told apart. */
export const changesSection = z.strictObject({
  components: uniqueById(component).default([]).describe("Parts of the product, by which changes are grouped."),
  tickets: z
    .string()
    .min(1)
    .refine(isExpression, "expected a regular expression")
    .default("(?<![\\w/&])#\\d+\\b")
    .describe("Regular expression of a ticket in a commit's message."),
  excluded: z
    .array(exclusion)
    .default([])
    .describe(
      "Tickets that are no part of this release. A commit that still brings one blocks, as nothing can be left out of a commit.",
    ),
});

/** The components and tickets of the configuration. */
export type ChangesPolicy = z.infer<typeof changesSection>;

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, "gu").source !== "";
  } catch {
    return false;
  }
}

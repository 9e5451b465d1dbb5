import type { TagDates } from "#src/ports/tag-dates";

/** Tells when a tag was made, where the checkout holds it on the given commit: one that lies elsewhere there is not the remote's. */
export async function dateOfTag(
  { name, commit }: { name: string; commit: string },
  tagDates: TagDates,
): Promise<string | undefined> {
  const found = await tagDates.find(name);
  return found?.commit === commit ? found.date : undefined;
}

import * as z from "zod";
import { type GitHubClient, githubClient } from "#src/adapters/github-client";
import { type GitHubPlace, placeOf } from "#src/adapters/github-place";
import type { TagWriting } from "#src/ports/tags";

const rulesets = z.array(z.object({ enforcement: z.string() }));

const restricted = /creations being restricted/i;

/**
 * Tells a burnt name from a restricted one. GitHub refuses to create the tag that a deleted immutable release had in the very
 * words of a ruleset that restricts creation; where no enforced ruleset of tags is to be seen, only the name can be to blame.
 * A question without an answer leaves the refusal as it is.
 */
export async function nameBurnt(
  { token, repository }: { token: string; repository: string },
  writing: TagWriting,
): Promise<TagWriting> {
  if (writing.outcome !== "refused" || writing.code !== "tag.rule-forbids" || !restricted.test(writing.because))
    return writing;
  if ((await seesRuleset(githubClient(token), placeOf(repository))) !== false) return writing;
  const because = `${writing.because}; no ruleset of tags is enforced, so an immutable release must have had this name`;
  return { ...writing, code: "tag.name-burnt", because };
}

async function seesRuleset(client: GitHubClient, at: GitHubPlace): Promise<boolean | undefined> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets", {
      ...at,
      targets: "tag",
      per_page: 100,
    });
    return rulesets.parse(data).some(({ enforcement }) => enforcement === "active");
  } catch {
    return undefined;
  }
}

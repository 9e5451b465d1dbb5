import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure } from "#src/adapters/github-client";
import { type GitHubPlace, placeOf } from "#src/adapters/github-place";
import { anyGlob } from "#src/domain/glob";
import type { TagRules } from "#src/ports/tag-rules";

const summaries = z.array(z.object({ id: z.int(), enforcement: z.string() }));

const rule = z.union([
  z.object({
    type: z.literal("tag_name_pattern"),
    parameters: z.object({ operator: z.string(), pattern: z.string(), negate: z.boolean().default(false) }),
  }),
  z.object({ type: z.string() }),
]);
const ruleset = z.object({
  name: z.string(),
  conditions: z
    .object({ ref_name: z.object({ include: z.array(z.string()), exclude: z.array(z.string()) }) })
    .nullish(),
  rules: z.array(rule).default([]),
  current_user_can_bypass: z.string().optional(),
});
type Ruleset = z.infer<typeof ruleset>;

/** Reads the enforced rulesets of tags by the REST API: one request for their list, and one for each. */
export function githubTagRules(token: string, repository: string): TagRules {
  return {
    async against(tag) {
      try {
        return { rulesets: await forbidding(githubClient(token), placeOf(repository), tag) };
      } catch (error) {
        return { unknown: githubFailure(error, "tell the rulesets of tags").message };
      }
    },
  };
}

async function forbidding(client: GitHubClient, at: GitHubPlace, tag: string): Promise<string[]> {
  const list = { ...at, targets: "tag", per_page: 100 };
  const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets", list);
  const names: string[] = [];
  for (const { id, enforcement } of summaries.parse(data)) {
    if (enforcement !== "active") continue;
    const route = "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}";
    const one = ruleset.parse((await client.request(route, { ...at, ruleset_id: id })).data);
    const exempt = one.current_user_can_bypass === "always";
    if (!exempt && governs(one, tag) && one.rules.some((each) => forbids(each, tag))) names.push(one.name);
  }
  return names;
}

function governs({ conditions }: Ruleset, tag: string): boolean {
  const { include, exclude } = conditions?.ref_name ?? { include: [], exclude: [] };
  const matches = (globs: string[]) => globs.includes("~ALL") || anyGlob(globs)(`refs/tags/${tag}`);
  return matches(include) && !matches(exclude);
}

function forbids(one: Ruleset["rules"][number], tag: string): boolean {
  return "parameters" in one ? fits(one.parameters, tag) === one.parameters.negate : one.type === "creation";
}

/** Of an operator that is not known, nobody can tell whether the name fits; it is taken for one that does not. */
function fits({ operator, pattern }: { operator: string; pattern: string }, tag: string): boolean {
  switch (operator) {
    case "starts_with":
      return tag.startsWith(pattern);
    case "ends_with":
      return tag.endsWith(pattern);
    case "contains":
      return tag.includes(pattern);
    case "regex":
      return new RegExp(pattern).test(tag);
    default:
      throw new TypeError(`expected an operator of patterns, found ${operator}`);
  }
}

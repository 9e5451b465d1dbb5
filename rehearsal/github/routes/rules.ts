import { defaultBranch } from "../git/refs.ts";
import { page } from "../pages.ts";
import { notFound } from "../problem.ts";
import type { Ruleset } from "../records.ts";
import { active, governs } from "../tag-protection.ts";
import { apiPath, htmlPath, nodeId, type Place, type Routes } from "../world.ts";

/** Rulesets, and the rules that hold for one branch. */
export const rules: Routes = {
  "repos/get-repo-rulesets": (call, world) => {
    const wanted = call.query.targets?.split(",");
    const all = world.state.rulesets.filter((one) => !wanted || wanted.includes(one.target));
    return page(
      call,
      world,
      all.map((one) => summary(world.place, one)),
    );
  },
  "repos/get-repo-ruleset": ({ params }, { state, place }) => {
    const found = state.rulesets.find((one) => String(one.id) === params.ruleset_id);
    if (!found) throw notFound();
    const conditions = { ref_name: { include: found.include, exclude: found.exclude } };
    return { code: 200, body: { ...summary(place, found), conditions, rules: found.rules } };
  },
  "repos/get-branch-rules": async (call, world) => {
    const main = await defaultBranch(world.git);
    const ref = `refs/heads/${call.params.branch}`;
    const own = active(world.state.rulesets).filter((one) => one.target === "branch" && governs(one, ref, main));
    const source = { ruleset_source_type: "Repository", ruleset_source: `${world.place.owner}/${world.place.name}` };
    return page(
      call,
      world,
      own.flatMap((one) => one.rules.map((rule) => ({ ...rule, ...source, ruleset_id: one.id }))),
    );
  },
};

function summary(place: Place, { id, name, target, enforcement, createdAt }: Ruleset) {
  return {
    id,
    name,
    target,
    source_type: "Repository",
    source: `${place.owner}/${place.name}`,
    enforcement,
    node_id: nodeId("RepositoryRuleset", id),
    _links: { self: { href: apiPath(place, `/rulesets/${id}`) }, html: { href: htmlPath(place, `/rules/${id}`) } },
    created_at: createdAt,
    updated_at: createdAt,
  };
}

import { page } from "../pages.ts";
import { notFound } from "../problem.ts";
import { environmentShape } from "../shapes/environments.ts";
import type { Routes } from "../world.ts";

/** Environments and their protection. An unknown name is absent here: asking never creates it. */
export const environments: Routes = {
  "repos/get-all-environments": (call, world) => {
    const all = world.state.environments.map((one) => environmentShape(world.place, one));
    return page(call, world, all, (items, total_count) => ({ total_count, environments: items }));
  },
  "repos/get-environment": ({ params }, { state, place }) => {
    const found = state.environments.find((one) => one.name.toLowerCase() === params.environment_name?.toLowerCase());
    if (!found) throw notFound();
    return { code: 200, body: environmentShape(place, found) };
  },
};

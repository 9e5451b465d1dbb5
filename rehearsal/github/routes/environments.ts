import { page } from "../pages.ts";
import { notFound } from "../problem.ts";
import type { Environment } from "../records.ts";
import { environmentShape } from "../shapes/environments.ts";
import type { State } from "../state.ts";
import type { Routes } from "../world.ts";

/** Finds an environment by its name, whose case GitHub does not mind. */
export function environmentNamed({ environments }: State, name: string): Environment | undefined {
  return environments.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** Environments and their protection. An unknown name is absent here: asking never creates it. */
export const environments: Routes = {
  "repos/get-all-environments": (call, world) => {
    const all = world.state.environments.map((one) => environmentShape(world.place, one));
    return page(call, world, all, (items, total_count) => ({ total_count, environments: items }));
  },
  "repos/get-environment": ({ params }, { state, place }) => {
    const found = environmentNamed(state, params.environment_name ?? "");
    if (!found) throw notFound();
    return { code: 200, body: environmentShape(place, found) };
  },
};

import type { Config } from "#src/contract/config/schema";
import { git } from "./git.ts";
import { publishTag } from "./registries/npm-seed.ts";
import type { World } from "./world.ts";

/** Publishes the newest released tag of the repository where its configuration has a registry, so that there is a release before. */
export async function seedRegistry(world: World, config: Config | undefined): Promise<string[]> {
  if (!config?.channels.some(({ kind }) => kind === "npm")) return [];
  const tags = await git(["tag", "--list", "--sort=-version:refname"], world.folders.git);
  const [tag] = tags.split("\n").filter(Boolean);
  if (!tag) return [];
  const published = await publishTag({ registry: world.npm, repository: world.folders.git, tag });
  return [`${published} is published, as its release left it`];
}

/** Writes check runs that this rehearsal only assumes, and names them; real ones come from running a workflow. */
export function assumeChecks(world: World, config: Config | undefined, headSha: string): string[] {
  const ofGates = (config?.gates ?? []).flatMap((gate) => (gate.kind === "checks" ? gate.checks : []));
  const names = [...new Set([...ofGates, ...(config?.promote?.checks ?? [])])];
  for (const name of names) {
    world.github.recordCheckRun({
      name,
      headSha,
      status: "completed",
      conclusion: "success",
      app: "rehearsal",
      title: "Assumed by the rehearsal",
      completedAt: `${world.clock.now().toISOString().slice(0, 19)}Z`,
    });
  }
  return names;
}

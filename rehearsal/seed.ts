import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { checkNames } from "#src/contract/config/gates/checks";
import type { Config } from "#src/contract/config/schema";
import { formatInstant } from "#src/domain/instant";
import { parseJson } from "#src/domain/parse-json";
import { otherName, publishTag } from "./registries/npm-seed.ts";
import { releaseBefore } from "./release-before.ts";
import type { World } from "./world.ts";

/**
 * Publishes the newest released tag of the repository where its configuration has a registry, so that there is a release before.
 * Throws a `Complaint` where the package has another name than its channels say.
 */
export async function seedRegistry(world: World, config: Config | undefined): Promise<string[]> {
  const names = ownPackages(config);
  if (names.length === 0) return [];
  requireOwnName(join(world.folders.source, "package.json"), names);
  const tag = await releaseBefore(world.folders.git, config);
  if (tag === undefined) return [];
  const published = await publishTag({ registry: world.npm, repository: world.folders.git, tag, names });
  return [`${published} is published, as its release left it`];
}

/** The packages that the configuration releases. */
export function ownPackages(config: Config | undefined): string[] {
  return (config?.channels ?? []).flatMap((channel) => (channel.kind === "npm" ? channel.package : []));
}

const manifest = z.object({ name: z.string() });

/** A manifest that is missing or unreadable is for the plan stage to name. */
function requireOwnName(file: string, names: string[]): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  const { data } = manifest.safeParse(parseJson(text));
  if (data && !names.includes(data.name)) throw otherName("package.json", data.name, names);
}

/** Writes check runs that this rehearsal only assumes, and names them; real ones come from running a workflow. */
export function assumeChecks(world: World, config: Config | undefined, headSha: string): string[] {
  const ofGates = (config?.gates ?? []).flatMap((gate) => (gate.kind === "checks" ? checkNames(gate) : []));
  const names = [...new Set([...ofGates, ...(config?.promote?.checks ?? [])])];
  for (const name of names) {
    world.github.recordCheckRun({
      name,
      headSha,
      status: "completed",
      conclusion: "success",
      app: "rehearsal",
      title: "Assumed by the rehearsal",
      completedAt: formatInstant(world.clock.now()),
    });
  }
  return names;
}

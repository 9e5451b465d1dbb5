import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { checkNames } from "#src/contract/config/gates/checks";
import type { Config } from "#src/contract/config/schema";
import { formatInstant } from "#src/domain/instant";
import { parseJson } from "#src/domain/parse-json";
import { publishByCommand } from "./publish-by-command.ts";
import { publishCrates } from "./registries/crate-seed.ts";
import { otherName, publishTag } from "./registries/npm-seed.ts";
import { publishProject } from "./registries/pypi/seed.ts";
import { releaseBefore } from "./release-before.ts";
import type { World } from "./world.ts";

/**
 * Publishes the newest released tag of the repository on every registry that its configuration has, so that there is a release
 * before. Throws a `Complaint` where a package has another name than its channels say.
 */
export async function seedRegistries(world: World, config: Config | undefined): Promise<string[]> {
  const names = ownPackages(config);
  if (names.length > 0) requireOwnName(join(world.folders.source, "package.json"), names);
  const tag = await releaseBefore(world.folders.git, config);
  if (tag === undefined) return [];
  const { npm: registry, folders } = world;
  const published = names.length > 0 ? [await publishTag({ registry, repository: folders.git, tag, names })] : [];
  const others = await seedChannels(world, config, tag);
  return [...published, ...others].map((each) => `${each} is published, as its release left it`);
}

/** Crates and Python projects are published from the tag; modules are, by their tags alone. */
async function seedChannels(
  { registries, folders }: World,
  config: Config | undefined,
  tag: string,
): Promise<string[]> {
  const { crates: registry, modules, python: index } = registries;
  const named = (kind: "cargo" | "pypi") =>
    (config?.channels ?? []).flatMap((channel) => (channel.kind === kind ? channel.package : []));
  const repository = folders.git;
  await modules?.fetchAll();
  const fetched = Object.entries(modules?.packages() ?? {}).flatMap(([name, versions]) =>
    Object.keys(versions).map((version) => `${name}@${version}`),
  );
  const crates = registry ? await publishCrates({ registry, repository, tag, names: named("cargo") }) : [];
  const projects = index ? await publishProject({ index, repository, tag, names: named("pypi") }) : [];
  return [...crates, ...projects, ...fetched];
}

/** The packages that the configuration releases. */
export function ownPackages(config: Config | undefined): string[] {
  return (config?.channels ?? []).flatMap((channel) => (channel.kind === "npm" ? channel.package : []));
}

/** Publishes the newest released tag by the command that an example has for it, so that there is a release before. */
export async function seedByCommand(
  { folders, machine }: World,
  config: Config | undefined,
  command: string | undefined,
): Promise<string[]> {
  const tag = command === undefined ? undefined : await releaseBefore(folders.git, config);
  if (command === undefined || tag === undefined) return [];
  await publishByCommand({ repository: folders.git, tag, command, machine });
  return [`${tag} is published, as its release left it`];
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

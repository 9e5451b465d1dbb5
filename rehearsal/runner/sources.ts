/** Finds the files behind `uses:`: in the workspace, in the repository of the file that holds the line, or elsewhere. */
import { posix } from "node:path";
import { type ActionFile, readActionFile } from "./action-file.ts";
import type { RunnerServices } from "./contract.ts";
import type { Complaint, Place } from "./files.ts";
import { standInFor, standInNames } from "./stand-ins/table.ts";

/** Finds files, each repository at one commit for the whole run. */
export interface Sources {
  /** Finds a called workflow; a text says why it cannot be found. */
  workflow(uses: string, from: Place): Promise<Place | string>;
  /** Finds an action. `workspace` is where `./` leads; without it such an action cannot be known yet. */
  action(uses: string, from: Place, workspace?: string): Promise<FoundAction>;
}

/** An action, or why there is none; neither for a local action before its workspace is filled. */
export interface FoundAction {
  action?: ActionFile;
  complaints: (Complaint | string)[];
}

interface Remote {
  repository: string;
  path: string;
  ref: string;
}

/** Opens the sources of one run. `home` is the repository of the run: its files are named by their path alone. */
export function openSources(services: Pick<RunnerServices, "resolve">, home: string): Sources {
  const resolved = new Map<string, ReturnType<RunnerServices["resolve"]>>();
  const placeOf = async ({ repository, path, ref }: Remote): Promise<Place | undefined> => {
    const key = `${repository}@${ref}`;
    const found = resolved.get(key) ?? services.resolve(repository, ref);
    resolved.set(key, found);
    const answer = await found;
    return answer && { repository, ref, path, ...answer, label: labelOf(home, { repository, path, ref }) };
  };
  return {
    async workflow(uses, from) {
      if (/^[.$]\//.test(uses)) return { ...from, path: clean(uses), label: relabel(home, from, clean(uses)) };
      const remote = parseRemote(uses);
      if (!remote || !/^\.github\/workflows\/[^/]+\.ya?ml$/.test(remote.path)) {
        return `'${uses}' is not a reusable workflow: expected ./.github/workflows/x.yml, $/.github/workflows/x.yml or owner/repo/.github/workflows/x.yml@ref`;
      }
      return (await placeOf(remote)) ?? `the repository of '${uses}' is not known to this runner`;
    },
    async action(uses, from, workspace) {
      if (uses.startsWith("docker://")) return { complaints: [`'${uses}': docker actions are not emulated`] };
      if (uses.startsWith("./")) {
        if (workspace === undefined) return { complaints: [] };
        return readActionFile({ ...from, directory: workspace, path: clean(uses), label: uses });
      }
      if (uses.startsWith("$/")) {
        const path = clean(uses);
        return readActionFile({ ...from, path, label: relabel(home, from, path) });
      }
      const remote = parseRemote(uses);
      if (!remote)
        return { complaints: [`'${uses}' is not an action: expected owner/repo[/path]@ref, ./path or $/path`] };
      const standIn = standInFor(remote);
      if (standIn) return { action: standIn, complaints: [] };
      const place = await placeOf(remote);
      return place ? readActionFile(place) : { complaints: [unknownAction(uses)] };
    },
  };
}

function unknownAction(uses: string): string {
  return `the action '${uses}' is not known to this runner: GitHub would run it, this rehearsal cannot; it stands in for ${standInNames.join(", ")}`;
}

function parseRemote(uses: string): Remote | undefined {
  const [, repository, path, ref] = /^([\w.-]+\/[\w.-]+)((?:\/[^@]+)?)@(\S+)$/.exec(uses) ?? [];
  if (repository === undefined || ref === undefined) return undefined;
  return { repository, path: (path ?? "").slice(1), ref };
}

function clean(uses: string): string {
  return posix.normalize(uses.slice(2)).replace(/\/$/, "");
}

function relabel(home: string, { repository, ref }: Place, path: string): string {
  return labelOf(home, { repository, path, ref });
}

function labelOf(home: string, { repository, path, ref }: Remote): string {
  return repository === home ? path : `${[repository, path].filter((part) => part !== "").join("/")}@${ref}`;
}

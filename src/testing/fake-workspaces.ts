import { hexDigest } from "#src/domain/digest";
import type { Snapshot } from "#src/domain/snapshot";
import type { Workspace, Workspaces } from "#src/ports/workspaces";

/** Workspaces in memory: a flat disk of texts by absolute path. */
export interface FakeWorkspaces extends Workspaces {
  disk: Map<string, string>;
  /** Names of the processes that run in a workspace, by its root. */
  running: Map<string, string[]>;
  /** Roots that were discarded. */
  discarded: string[];
}

/** Builds workspaces whose checkout lies at `/checkout` and whose roots are `/temp/<name>`. */
export function fakeWorkspaces(): FakeWorkspaces {
  const disk = new Map<string, string>();
  const discarded: string[] = [];
  const running = new Map<string, string[]>();
  return {
    disk,
    discarded,
    running,
    checkout: "/checkout",
    open: async (name) => aWorkspace(name),
    snapshot: async (folder) => snapshotOf(disk, folder),
    read: async ({ directory }, path) => {
      const text = disk.get(`${directory}/${path}`);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    endProcesses: async (root) => {
      const names = running.get(root) ?? [];
      running.delete(root);
      return names;
    },
    discard: async (root) => {
      discarded.push(root);
    },
  };
}

/** Builds a workspace of the given name. */
function aWorkspace(name = "one"): Workspace {
  const root = `/temp/${name}`;
  return { root, directory: `${root}/workspace`, home: `${root}/home`, environment: { HOME: `${root}/home` } };
}

function snapshotOf(disk: Map<string, string>, folder: string): Snapshot {
  const inside = [...disk].filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(
    inside.map(([path, text]) => [
      path.slice(folder.length + 1),
      {
        kind: "file",
        size: text.length,
        mode: 0o644,
        sha256: hexDigest("sha256", text),
      },
    ]),
  );
}

import type { Snapshot } from "#src/domain/snapshot";

/** A throwaway place in which one scenario lives, with nothing of the user's in it. */
export interface Workspace {
  /** Folder that holds everything of the workspace, kept for people after a failure. */
  root: string;
  /** Where commands run. */
  directory: string;
  home: string;
  /** The whole environment of commands: own home, caches, prefix and temporary folder, own programs first on PATH. */
  environment: Record<string, string>;
}

/** Opens, observes and removes throwaway workspaces. */
export interface Workspaces {
  /** Folder of the repository's checkout, which no scenario may touch. */
  checkout: string;
  open(name: string): Promise<Workspace>;
  /** Reads all that a folder holds, by lstat and SHA-256; an absent folder is empty. */
  snapshot(folder: string): Promise<Snapshot>;
  /** Reads a regular file by its path in the workspace's directory; undefined where there is none. */
  read(workspace: Workspace, path: string): Promise<Uint8Array | undefined>;
  /** Ends whatever was started in a workspace and still runs, by its root; returns the names. */
  endProcesses(root: string): Promise<string[]>;
  /** Removes a workspace by its root. */
  discard(root: string): Promise<void>;
}

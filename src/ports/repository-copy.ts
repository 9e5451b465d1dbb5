import type { ClientTrouble } from "#src/ports/package-install";
import type { Workspace } from "#src/ports/workspaces";

/** Folder of the workspace's directory in which the copy lies. */
export const copyFolder = "repository";

/** Takes the repository as a stranger would: by cloning it. */
export interface RepositoryCopy {
  /** Clones one ref (or commit) into the folder `repository` of the workspace's directory, and tells its commit. */
  clone(ref: string, into: Workspace): Promise<{ head: string } | ClientTrouble>;
}

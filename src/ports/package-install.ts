import type { Workspace } from "#src/ports/workspaces";

/** A package by name and exact version. */
export interface PackageVersion {
  name: string;
  version: string;
}

/** The client ended otherwise than it should: how, such as `exit code 1`, and what it said. */
export interface ClientTrouble {
  trouble: { ended: string; said: string };
}

/** What stands in the workspace after an installation. */
export interface InstalledPackage extends PackageVersion {
  /** Where the package's folder really lies, relative to the workspace's directory; `..` at the start lies outside. */
  resolved: string;
  /** Programs that the package declares, and where each really lies; undefined where there is none to run. */
  programs: { name: string; resolved: string | undefined }[];
}

/** Installs packages as a stranger would: through the client's own configuration, with empty caches. */
export interface PackageInstall {
  /** Downloads the archive of exactly this version, byte for byte as it is served. */
  download(wanted: PackageVersion, into: Workspace): Promise<{ archive: Uint8Array } | ClientTrouble>;
  /** Installs an archive with its dependencies, and looks what came of it. */
  install(archive: Uint8Array, into: Workspace): Promise<InstalledPackage | ClientTrouble>;
}

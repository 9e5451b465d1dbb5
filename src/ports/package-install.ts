import type { Workspace } from "#src/ports/workspaces";

/** A package by name and exact version. */
export interface PackageVersion {
  name: string;
  version: string;
  /** Name of the registry in the client's own configuration; the client's default where absent. */
  registry?: string | undefined;
  /** Tag that names the version, on a channel of tags. */
  tag?: string | undefined;
  /** Backends that are installed besides: extras of a wheel, optional peers of an npm package. */
  backends?: string[] | undefined;
}

/** One file that users download of a package, such as a tarball, a wheel or a crate. */
export interface PackageArchive {
  /** Name of the file, without a folder. */
  name: string;
  bytes: Uint8Array;
  /** The registry's own digest of it, where that says more than the bytes: a module's zip may be packed in many ways. */
  registry?: string;
}

/** The client ended otherwise than it should: how, such as `exit code 1`, and what it said. */
export interface ClientTrouble {
  trouble: { ended: string; said: string };
}

/** What stands in the workspace after an installation. Paths are relative to its directory; `..` at the start lies outside. */
export interface InstalledPackage extends PackageVersion {
  /** Backends that the package itself declares, spelled as they were wanted; undefined where its kind has none. */
  backends?: string[] | undefined;
  /** Where the package really lies, links followed. */
  resolved: string;
  /** Folders that this client installs this package into; nothing of it may lead elsewhere. */
  within: string[];
  /** Programs that the package declares, and where each really lies; undefined where there is none to run. */
  programs: { name: string; resolved: string | undefined }[];
  /** Programs in its folders that the client lends from the machine on purpose, such as an interpreter. */
  borrowed?: string[];
  /** Folders that come first on the PATH of a scenario. */
  path: string[];
  /** Variables that a scenario needs besides, such as the one that names a virtual environment. */
  variables: Record<string, string>;
}

/** Installs packages of one ecosystem as a stranger would: through the client's own configuration, with empty caches. */
export interface PackageInstall {
  /** Downloads what the client would install of exactly this version, byte for byte as it is served. */
  download(wanted: PackageVersion, into: Workspace): Promise<{ archives: PackageArchive[] } | ClientTrouble>;
  /**
   * Installs the package from these archives, with its dependencies, and looks what came of it. Of several, the client
   * takes the one that suits this machine.
   */
  install(
    archives: PackageArchive[],
    wanted: PackageVersion,
    into: Workspace,
  ): Promise<InstalledPackage | ClientTrouble>;
}

/** Channels that serve packages, each with the client that installs them. */
export type PackageKind = "npm" | "pypi" | "cargo" | "go" | "oci";

/** One client an ecosystem. */
export type PackageInstalls = Record<PackageKind, PackageInstall>;

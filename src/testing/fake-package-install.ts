import type { ClientTrouble, InstalledPackage, PackageInstall, PackageVersion } from "#src/ports/package-install";

/** Builds what stands after a good installation of `buoy`. */
export function anInstalledPackage(overrides: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name: "buoy",
    version: "1.1.0",
    resolved: "node_modules/buoy",
    within: ["node_modules/buoy"],
    programs: [{ name: "buoy", resolved: "node_modules/buoy/cli.js" }],
    path: ["node_modules/.bin"],
    variables: {},
    ...overrides,
  };
}

/** A client of one package: serves the archive, and installs it as told; troubles come first, one a call. */
export function fakePackageInstall({
  archive = "the archive",
  installed = anInstalledPackage(),
  troubles = [],
  byVersion = false,
}: {
  archive?: string;
  installed?: InstalledPackage;
  troubles?: ClientTrouble["trouble"][];
  /** Whether what is installed has the version that was wanted, whatever that is. */
  byVersion?: boolean;
} = {}): PackageInstall & { downloads: PackageVersion[]; installs: string[] } {
  const ahead = [...troubles];
  const downloads: PackageVersion[] = [];
  const installs: string[] = [];
  return {
    downloads,
    installs,
    async download(wanted) {
      downloads.push(wanted);
      const trouble = ahead.shift();
      return trouble
        ? { trouble }
        : { archives: [{ name: "buoy-1.1.0.tgz", bytes: new TextEncoder().encode(archive) }] };
    },
    async install(archives, wanted) {
      installs.push(...archives.map(({ bytes }) => new TextDecoder().decode(bytes)));
      return byVersion ? { ...installed, version: wanted.version } : installed;
    },
  };
}

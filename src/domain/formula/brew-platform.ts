import type { BrewPlatform } from "#src/domain/formula/formula-condition";

const systems = new Map<string, BrewPlatform["os"]>([
  ["darwin", "macos"],
  ["macos", "macos"],
  ["osx", "macos"],
  ["linux", "linux"],
]);

const cpus = new Map<string, BrewPlatform["cpu"]>([
  ["amd64", "intel"],
  ["x64", "intel"],
  ["intel", "intel"],
  ["arm64", "arm"],
  ["aarch64", "arm"],
]);

/** All machines that Homebrew runs on. */
export const brewPlatforms: BrewPlatform[] = [
  { os: "macos", cpu: "arm" },
  { os: "macos", cpu: "intel" },
  { os: "linux", cpu: "arm" },
  { os: "linux", cpu: "intel" },
];

/** Reads a project's name of a platform, such as `linux_amd64`; undefined where it does not name one system and one processor. */
export function brewPlatform(name: string): BrewPlatform | undefined {
  const words = name
    .toLowerCase()
    .replaceAll("x86_64", "amd64")
    .split(/[^a-z0-9]+/);
  const os = [...new Set(words.flatMap((word) => systems.get(word) ?? []))];
  const cpu = [...new Set(words.flatMap((word) => cpus.get(word) ?? []))];
  const [oneOs, oneCpu] = [os[0], cpu[0]];
  return os.length === 1 && cpu.length === 1 && oneOs && oneCpu ? { os: oneOs, cpu: oneCpu } : undefined;
}

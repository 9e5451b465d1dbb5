import type { Config } from "#src/contract/config/schema";
import type { Version } from "#src/domain/version";

/** A line of versions that is kept alive beside the newest one, and the branch that it is released from. */
export type MaintenanceLine = Config["version"]["lines"][number];

/** Finds the line of a version: the narrowest one that holds it, as `1.4.x` before `1.x`. */
export function lineOf(version: Version, lines: MaintenanceLine[]): MaintenanceLine | undefined {
  const own = lines.filter((line) => isOnLine(version, line));
  return own.toSorted((a, b) => b.versions.split(".").length - a.versions.split(".").length)[0];
}

/** Tells whether a version belongs to a line. */
export function isOnLine({ release }: Version, { versions }: MaintenanceLine): boolean {
  const parts = versions.split(".").slice(0, -1);
  return parts.every((part, index) => release[index] === BigInt(part));
}

import { type Identifier, parseVersion, type Version, type VersionClass } from "#src/domain/version";

const phases: Record<VersionClass, number> = { "pre-release": 0, stable: 1, "post-release": 2 };

/**
 * Compares versions part by part as numbers, never as text: negative where `a` is below `b`. A pre-release stands below
 * its release and a post-release above it; suffixes follow the precedence rules of SemVer 2.0.0, section 11.
 */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareIdentifiers(a.release, b.release) ||
    phases[a.class] - phases[b.class] ||
    compareIdentifiers(a.suffix, b.suffix)
  );
}

/**
 * Tells whether two texts name one version. Ecosystems spell a pre-release differently (`1.2.0rc1`, `1.2.0-rc.1`);
 * texts that are no versions are the same only where they are equal.
 */
export function sameVersion(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return a === b || (left !== undefined && right !== undefined && compareVersions(left, right) === 0);
}

/** Finds the highest of some versions, each of which may carry more than its own fields; undefined where there is none. */
export function highest<Item extends Version>(versions: Iterable<Item>): Item | undefined {
  let top: Item | undefined;
  for (const version of versions) if (!top || compareVersions(version, top) > 0) top = version;
  return top;
}

function compareIdentifiers(a: readonly Identifier[], b: readonly Identifier[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareIdentifier(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifier(a: Identifier, b: Identifier): number {
  if (typeof a !== typeof b) return typeof a === "bigint" ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What a request asks of an npm registry. `wanted` is a version or a dist-tag. */
export type NpmRoute =
  | { kind: "packument"; name: string }
  | { kind: "version"; name: string; wanted: string }
  | { kind: "tarball"; name: string; version: string }
  | { kind: "dist-tags"; name: string }
  | { kind: "other" };

const DIST_TAGS = /^\/-\/package\/((?:@[^/]+\/)?[^/]+)\/dist-tags$/;
const PACKAGE = /^\/((?:@[^/]+\/)?[^/@-][^/]*)(?:\/(.+))?$/;

/** Reads the route from a request's path, encoded slashes of scoped names included. */
export function npmRoute(path: string): NpmRoute {
  const pathname = decodeURIComponent(path.replace(/[?#].*$/, ""));
  const tagged = DIST_TAGS.exec(pathname)?.[1];
  if (tagged) return { kind: "dist-tags", name: tagged };
  const [, name, rest] = PACKAGE.exec(pathname) ?? [];
  if (!name) return { kind: "other" };
  if (!rest) return { kind: "packument", name };
  if (!rest.includes("/")) return { kind: "version", name, wanted: rest };
  const prefix = `-/${name.replace(/^@[^/]+\//, "")}-`;
  if (!rest.startsWith(prefix) || !rest.endsWith(".tgz")) return { kind: "other" };
  return { kind: "tarball", name, version: rest.slice(prefix.length, -".tgz".length) };
}

import { pythonName } from "#src/domain/python-names";

/** What a request asks of a Python index. Names of projects are normalised. */
export type PypiRoute =
  | { kind: "projects" }
  | { kind: "list"; name: string }
  | { kind: "version"; name: string; version: string | undefined }
  | { kind: "file"; sha256: string; filename: string }
  | { kind: "upload" }
  | { kind: "other" };

const list = /^\/simple\/([^/]+)\/$/;
const version = /^\/pypi\/([^/]+)(?:\/([^/]+))?\/json$/;
const file = /^\/files\/([0-9a-f]{64})\/([^/]+)$/;

/** Reads the route from a request's path. */
export function pypiRoute(path: string): PypiRoute {
  const { pathname } = new URL(path, "http://index.invalid");
  if (pathname === "/simple/") return { kind: "projects" };
  if (pathname === "/legacy/") return { kind: "upload" };
  const listed = list.exec(pathname)?.[1];
  if (listed !== undefined) return { kind: "list", name: pythonName(listed) };
  const [, project, wanted] = version.exec(pathname) ?? [];
  if (project !== undefined) return { kind: "version", name: pythonName(project), version: wanted };
  const [, sha256, filename] = file.exec(pathname) ?? [];
  return sha256 !== undefined && filename !== undefined ? { kind: "file", sha256, filename } : { kind: "other" };
}

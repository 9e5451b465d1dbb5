import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const requestLine = z
  .object({
    ...{ route: z.string().optional(), status: z.number().optional(), code: z.number().optional() },
    ...{ method: z.string(), path: z.string(), at: z.string().optional(), time: z.string().optional() },
  })
  .transform(({ at, time, status, code, ...line }) => ({ ...line, at: at ?? time ?? "", status: status ?? code }));

/** A request to an embedded server, as its journal tells it: `at` in the time of the rehearsal. */
export type RequestLine = z.output<typeof requestLine>;

/** Something that users could get from then on. */
export interface Publication {
  what: string;
  at: string;
}

/** What each embedded registry accepts when something is uploaded to it, by method, path and answer. */
const uploads: [what: string, method: string, path: RegExp, status: number][] = [
  ["an npm package", "PUT", /^\/(?!-\/|v2\/|api\/)/, 201],
  ["a crate", "PUT", /^\/api\/v1\/crates\/new$/, 200],
  ["a Python file", "POST", /^\/legacy\//, 200],
  ["an image", "PUT", /^\/v2\/.+\/manifests\//, 201],
];

/** Lists what was published on the registries and as a GitHub release; a module by each answer that serves the version. */
export function publicationsIn(folder: string, version: string | null): Publication[] {
  const uploaded = linesOf(folder, "registry-requests").flatMap((line) => {
    const what = uploads.find(([, ...told]) => accepts(line, told))?.[0];
    return { what: what ?? (servesModule(line, version) ? "a module" : ""), at: line.at };
  });
  const created = linesOf(folder, "requests").filter(({ route, status }) => route === releases && status === 201);
  return [
    ...uploaded.filter(({ what }) => what !== ""),
    ...created.map(({ at }) => ({ what: "a GitHub release", at })),
  ];
}

const releases = "repos/create-release";

function accepts(line: RequestLine, [method, path, status]: [string, RegExp, number]): boolean {
  return line.method === method && path.test(line.path) && line.status === status;
}

function servesModule({ method, path, status }: RequestLine, version: string | null): boolean {
  return method === "GET" && version !== null && path.includes(`/@v/v${version}.`) && status === 200;
}

/** Reads a journal of the rehearsal. */
export function linesOf(folder: string, journal: string): RequestLine[] {
  const file = join(folder, `${journal}.jsonl`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => requestLine.parse(JSON.parse(line)));
}

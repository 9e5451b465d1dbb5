import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import * as z from "zod";
import { type Ending, verdictIn } from "./drive.ts";

const record = z.object({ verdict: z.object({ result: z.string() }) });
const requestLine = z.object({
  route: z.string().optional(),
  status: z.number().optional(),
  method: z.string(),
  path: z.string(),
  code: z.number().optional(),
});

/**
 * Expects nothing to be written without the evidence that earns it: no tag without passed gates, no upload without a passed build,
 * no GitHub release of what is not released, or, where the workflow's own job publishes it, without a passed build, and no tag moved
 * or deleted ever.
 */
export function expectEarned({ folder, output }: Ending, ownRelease: boolean): void {
  const requests = linesOf(folder, "requests");
  const created = (route: string) => requests.some((line) => line.route === route && line.status === 201);
  const releasable = ownRelease ? passed(folder, "build-manifest") : verdictIn(folder).verdict?.startsWith("Released");
  const unearned = [
    ...(created("git/create-ref") && !passed(folder, "release-gates") ? ["a tag without passed gates"] : []),
    ...(uploads({ folder, output }) > 0 && !passed(folder, "build-manifest") ? ["an upload without a build"] : []),
    ...(created("repos/create-release") && !releasable ? ["a release"] : []),
    ...requests.filter(changesTag).map(({ route, path }) => `${route} of ${path}`),
  ];
  expect(unearned, output).toEqual([]);
}

const changesTag = ({ route = "", path }: z.infer<typeof requestLine>) =>
  ["git/update-ref", "git/delete-ref"].includes(route) && path.includes("/refs/tags/");

/** What the registry accepted, besides the packages that the history's releases had left there. */
function uploads({ folder, output }: Pick<Ending, "folder" | "output">): number {
  const accepted = linesOf(folder, "registry-requests").filter(({ method, code }) => method === "PUT" && code === 201);
  return accepted.length - output.split(" is published, as its release left it").length + 1;
}

/** A record that the verdict did not get to see earns nothing. */
function passed(folder: string, stage: string): boolean {
  const file = join(folder, "evidence", `${stage}.json`);
  return existsSync(file) && record.parse(JSON.parse(readFileSync(file, "utf8"))).verdict.result === "pass";
}

function linesOf(folder: string, journal: string) {
  const file = join(folder, `${journal}.jsonl`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => requestLine.parse(JSON.parse(line)));
}

import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";

const line = z.object({ stage: z.string(), route: z.string().nullable(), status: z.number() });

/** How many REST requests each stage has sent; git's own traffic is counted apart, as GitHub does. */
export interface RequestCount {
  stage: string;
  api: number;
  git: number;
}

/** Counts the requests in a journal, by stage, in order of first appearance. */
export function countRequests(journal: string): RequestCount[] {
  if (!existsSync(journal)) return [];
  const counts = new Map<string, RequestCount>();
  for (const text of readFileSync(journal, "utf8").split("\n").filter(Boolean)) {
    const { stage, route } = line.parse(JSON.parse(text));
    const count = counts.get(stage) ?? { stage, api: 0, git: 0 };
    if (route?.startsWith("git/git-") || route === "git/dumb") count.git += 1;
    else count.api += 1;
    counts.set(stage, count);
  }
  return [...counts.values()];
}

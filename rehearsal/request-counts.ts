import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";

const line = z.object({ stage: z.string(), route: z.string().nullable(), status: z.number() });

/**
 * How many requests each stage has sent to the API; what carries the bytes of a release's assets is counted apart, and so is git's
 * own traffic, as GitHub does.
 */
export interface RequestCount {
  stage: string;
  api: number;
  assets: number;
  git: number;
}

/** Requests that carry an asset, to GitHub or from it. */
const ofAssets = ["repos/upload-release-asset", "repos/get-release-asset", "release-download"];

/** Counts the requests in a journal, by stage, in order of first appearance. */
export function countRequests(journal: string): RequestCount[] {
  if (!existsSync(journal)) return [];
  const counts = new Map<string, RequestCount>();
  for (const text of readFileSync(journal, "utf8").split("\n").filter(Boolean)) {
    const { stage, route } = line.parse(JSON.parse(text));
    const count = counts.get(stage) ?? { stage, api: 0, assets: 0, git: 0 };
    if (route?.startsWith("git/git-") || route === "git/dumb") count.git += 1;
    else if (route !== null && ofAssets.includes(route)) count.assets += 1;
    else count.api += 1;
    counts.set(stage, count);
  }
  return [...counts.values()];
}

import type { DiffEntry } from "../git/diff.ts";
import { apiPath, htmlPath, type Place } from "../world.ts";

/** Shows a changed file. Patches are not given: nothing in a release may depend on GitHub's rendering of one. */
export function diffShape(place: Place, entry: DiffEntry, sha: string) {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: entry.sha,
    filename: entry.path,
    status: entry.change,
    additions: entry.additions,
    deletions: entry.deletions,
    changes: entry.additions + entry.deletions,
    blob_url: htmlPath(place, `/blob/${sha}/${path}`),
    raw_url: htmlPath(place, `/raw/${sha}/${path}`),
    contents_url: apiPath(place, `/contents/${path}?ref=${sha}`),
    ...(entry.from === undefined ? {} : { previous_filename: entry.from }),
  };
}

import { parseDocument } from "yaml";
import * as z from "zod";
import { Failure } from "#src/domain/failure";
import type { IssueAddress } from "#src/domain/issue-address";

/** Every value is read as a text: an id of digits alone, or with an `e` among them, is no number. */
const form = z.record(
  z.string().regex(/^[0-9a-f]{7,40}$/i, "expected a commit's id of 7 to 40 digits"),
  z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
);
const address = /^(?:([\w.-]+\/[\w.-]+)?#)?([1-9]\d{0,14})$/;

/** Issues named for commits: by the beginning of a commit's id. */
export type IssueMap = { start: string; issues: IssueAddress[] }[];

/** Reads the file that names issues for commits. Throws `plan.issue-map-invalid`, as a file that is configured has to be right. */
export function readIssueMap(text: string | undefined, path: string, repository: string): IssueMap {
  if (text === undefined) throw invalid(`expected ${path} in the commit, found no such file`);
  const document = parseDocument(text, { schema: "failsafe", uniqueKeys: true, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  const parsed = problem ? undefined : form.safeParse(document.toJS() ?? {});
  if (!parsed?.success)
    throw invalid(
      `expected ${path} to name issues by commit, found: ${parsed ? z.prettifyError(parsed.error) : "not YAML"}`,
    );
  return Object.entries(parsed.data).map(([start, listed]) => ({
    start: start.toLowerCase(),
    issues: listed.map((one) => {
      const [, place = repository, number] = address.exec(one.trim()) ?? [];
      if (number === undefined)
        throw invalid(`expected 12, #12 or owner/name#12 for ${start} in ${path}, found ${one}`);
      return { repository: place.toLowerCase(), number: Number(number) };
    }),
  }));
}

/** Finds what the map names for each commit. Throws `plan.issue-map-invalid` where one entry could mean two commits. */
export function mappedIssues(map: IssueMap, commits: readonly { sha: string }[]): Map<string, IssueAddress[]> {
  const found = new Map<string, IssueAddress[]>();
  for (const { start, issues } of map) {
    const meant = commits.filter(({ sha }) => sha.startsWith(start));
    if (meant.length > 1) throw invalid(`expected ${start} to begin one commit's id, found ${meant.length}`);
    for (const { sha } of meant) found.set(sha, [...(found.get(sha) ?? []), ...issues]);
  }
  return found;
}

function invalid(message: string): Failure {
  return new Failure({
    kind: "input",
    code: "plan.issue-map-invalid",
    message,
    hint: "Correct the file, or leave `issues.map-file` out.",
  });
}

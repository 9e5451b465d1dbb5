import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import * as z from "zod";
import { type Ending, verdictIn } from "./drive.ts";
import { linesOf, type Publication, publicationsIn, type RequestLine } from "./publications.ts";
import { unservedFiles } from "./served-files.ts";

const record = z.object({
  finished: z.string(),
  release: z.object({ version: z.string().nullable() }),
  verdict: z.object({ result: z.string() }),
});
type Told = z.infer<typeof record>;

/** What has to be there, with the stages that earn it: each has passed before. */
const earnedBy = { tag: ["release-gates"], publication: ["release-gates", "auto-tag", "build-manifest"] };

/**
 * Expects nothing to be written without the evidence that earns it: no tag before passed gates, nothing on any registry or as a
 * GitHub release before passed gates, tag and build, no GitHub release of what is not released, unless the workflow's own job
 * publishes it, and no tag moved or deleted ever. What is released is there, byte by byte.
 */
export function expectEarned({ folder, output }: Ending, ownRelease: boolean): void {
  expect(unearnedIn(folder, ownRelease), output).toEqual([]);
}

/** Names each write that nothing has earned, and each released file that is not there. */
export function unearnedIn(folder: string, ownRelease: boolean): string[] {
  const { verdict } = verdictIn(folder);
  const released = verdict?.startsWith("Released") === true;
  const requests = linesOf(folder, "requests");
  const created = requests.filter(({ route, status }) => route === "git/create-ref" && status === 201);
  const published = publishedByRun(folder);
  const releases = published.filter(({ what }) => what === "a GitHub release");
  return [
    ...created.flatMap(({ at }) => missingBefore(folder, earnedBy.tag, { what: "a tag", at })),
    ...published.flatMap((one) => missingBefore(folder, earnedBy.publication, one)),
    ...(ownRelease || released ? [] : releases.map(() => "a GitHub release of what is not released")),
    ...requests.filter(changesTag).map(({ route, path }) => `${route} of ${path}`),
    ...(released ? unservedFiles(folder) : []),
  ];
}

/** What the releases of the history have left on the registries was there before any job began, each with a question to GitHub. */
function publishedByRun(folder: string): Publication[] {
  const began = linesOf(folder, "requests")[0]?.at ?? "";
  const version = readRecord(folder, "plan-release.json")?.release.version ?? null;
  return publicationsIn(folder, version).filter(({ at }) => at >= began);
}

function missingBefore(folder: string, stages: string[], { what, at }: Publication): string[] {
  return stages.filter((stage) => !passedBy(folder, stage, at)).map((stage) => `${what} at ${at} without ${stage}`);
}

const changesTag = ({ route = "", path }: RequestLine) =>
  ["git/update-ref", "git/delete-ref"].includes(route) && path.includes("/refs/tags/");

/** A record that the verdict did not get to see earns nothing. Legs earn together; records tell whole seconds. */
function passedBy(folder: string, stage: string, at: string): boolean {
  const found = recordsOf(folder, stage);
  return (
    found.length > 0 && found.every(({ verdict, finished }) => verdict.result === "pass" && finished <= secondOf(at))
  );
}

/** The stage's own record, or those of its legs where none collects them. */
function recordsOf(folder: string, stage: string): Told[] {
  const own = readRecord(folder, `${stage}.json`);
  if (own) return [own];
  const legs = readdirSync(join(folder, "evidence")).filter((name) => name.startsWith(`${stage}-`));
  return legs.flatMap((name) => readRecord(folder, name) ?? []);
}

function readRecord(folder: string, name: string): Told | undefined {
  const file = join(folder, "evidence", name);
  return existsSync(file) ? record.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** As records write an instant, so that the two compare as texts. */
function secondOf(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}

import { anyArea } from "#src/domain/glob";

/** A part of the repository that changed paths are counted for. */
export interface PathArea {
  name: string;
  paths: string[];
}

/** Changed paths of one area: how many, and the first few. */
export interface AreaHits {
  files: number;
  examples: string[];
}

/** Which paths changed: by area, or why that is not known. */
export type PathSurvey =
  | { known: true; files: number; areas: ReadonlyMap<string, AreaHits> }
  | { known: false; because: string };

const exampleLimit = 5;

/** Folds a stream of changed paths into counts by area, so that memory does not grow with it. */
export async function surveyPaths(changed: AsyncIterable<string>, areas: PathArea[]): Promise<PathSurvey> {
  const counted = areas.map(({ name, paths }) => ({ name, holds: anyArea(paths), hits: noHits() }));
  let files = 0;
  for await (const path of changed) {
    files += 1;
    for (const { holds, hits } of counted) {
      if (!holds(path)) continue;
      hits.files += 1;
      if (hits.examples.length < exampleLimit) hits.examples.push(path);
    }
  }
  return { known: true, files, areas: new Map(counted.map(({ name, hits }) => [name, hits])) };
}

/** Tells how often an area was hit; undefined where it is not known what changed, or the area was never asked about. */
export function hitsOf(survey: PathSurvey, area: string): AreaHits | undefined {
  return survey.known ? survey.areas.get(area) : undefined;
}

const noHits = (): AreaHits => ({ files: 0, examples: [] });

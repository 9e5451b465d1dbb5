import { applicableGates } from "#src/contract/config/applicable-gates";
import { usualMigrations } from "#src/contract/config/risk";
import { type PathArea, type PathSurvey, surveyPaths } from "#src/domain/changes/path-survey";
import { toFailure } from "#src/domain/failure";
import { anyArea } from "#src/domain/glob";
import type { GitHistory } from "#src/ports/git-history";
import type { ProjectFiles } from "#src/ports/project-files";
import type { TagDates } from "#src/ports/tag-dates";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Policy, ReleaseScene } from "./facts.ts";
import { dateOfTag } from "./tag-date.ts";

/** Gathers the scene: one comparison of two trees, however many commits lie between them. */
export async function gatherScene(
  policy: Policy,
  { aim, head, baseReachable }: { aim: Aim; head: string; baseReachable: boolean | undefined },
  { local, tagDates }: { local: GitHistory & ProjectFiles; tagDates: TagDates },
): Promise<ReleaseScene> {
  const base = aim.base.kind === "base" ? aim.base.at : undefined;
  const [paths, baseDate, missing, idle] = await Promise.all([
    baseReachable
      ? changedPaths(local.changedPaths(base?.commit ?? null, head), areasOf(policy))
      : {
          known: false as const,
          because: isUnnamed(aim.base) ? "the release before is not known" : "it is out of reach",
        },
    base && dateOfTag({ name: base.tag, commit: base.commit }, tagDates),
    missingFiles(policy, head, local),
    idleGlobs(policy, head, local),
  ]);
  return { paths, baseDate, missing, idle };
}

/** What cannot be compared is not known, which makes every gate apply; it ends nothing by itself. */
async function changedPaths(changed: AsyncIterable<string>, areas: PathArea[]): Promise<PathSurvey> {
  try {
    return await surveyPaths(changed, areas);
  } catch (thrown) {
    return { known: false, because: toFailure(thrown).message };
  }
}

function areasOf({ changes, risk, tiers, gates }: Pick<Policy, "changes" | "risk" | "tiers" | "gates">): PathArea[] {
  return [
    ...changes.components.map(({ id, paths }) => ({ name: `component:${id}`, paths })),
    { name: "risk:critical", paths: risk.critical },
    { name: "risk:migrations", paths: risk.migrations },
    ...tiers.areas.map(({ id, paths }) => ({ name: `area:${id}`, paths })),
    ...applicableGates({ gates }).flatMap(({ id, "applies-when": when }) =>
      when?.paths ? [{ name: `gate:${id}`, paths: when.paths }] : [],
    ),
  ];
}

async function missingFiles(
  { environments, environment }: Policy,
  head: string,
  local: ProjectFiles,
): Promise<string[]> {
  const required = environments.find(({ id }) => id === environment)?.requires ?? [];
  if (required.length === 0) return [];
  const held = new Set(await local.list(head));
  return required.filter((path) => !held.has(path));
}

/** Finds configured globs that name no file of a commit; undefined where its files cannot be listed. */
export async function idleGlobs(
  policy: Pick<Policy, "changes" | "risk" | "tiers" | "gates">,
  head: string,
  local: Pick<ProjectFiles, "list">,
): Promise<string[] | undefined> {
  const all = new Set(areasOf(policy).flatMap(({ paths }) => paths));
  const globs = [...all].filter((glob) => !usualMigrations.includes(glob));
  if (globs.length === 0) return [];
  try {
    const held = await local.list(head);
    return globs.filter((glob) => !held.some(anyArea([glob])));
  } catch {
    return undefined;
  }
}

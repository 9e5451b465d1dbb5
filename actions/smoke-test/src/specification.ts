import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { hexDigest } from "#src/domain/digest";
import { searchInTime } from "#src/domain/search-in-time";
import type { Check } from "#src/domain/verdict";
import { copyFolder, type RepositoryCopy } from "#src/ports/repository-copy";
import type { Workspaces } from "#src/ports/workspaces";
import type { Outcome } from "./judge-conduct.ts";

/** The texts of the specification in the released commit, by path; or why they could not be read. */
export type Specification = ReadonlyMap<string, string> | { unread: string };

const digits = 12;

/** Reads the files that the specification and the scenarios name, from a clone of the released commit; undefined where none is named. */
export async function readSpecification(
  { specification, scenarios }: SmokePolicy,
  sha: string,
  { repository, workspaces }: { repository: RepositoryCopy; workspaces: Workspaces },
): Promise<Specification | undefined> {
  const references = scenarios.flatMap(({ "spec-ref": reference }) => (reference ? [reference.file] : []));
  const paths = [...new Set([...(specification?.files ?? []), ...references])];
  if (paths.length === 0) return undefined;
  const workspace = await workspaces.open("specification");
  try {
    const copy = await repository.clone(sha, workspace);
    if ("trouble" in copy) return { unread: `the clone ended with ${copy.trouble.ended}` };
    const texts = paths.map(async (path) => {
      const bytes = await workspaces.read(workspace, `${copyFolder}/${path}`);
      return bytes ? [[path, new TextDecoder().decode(bytes)] as const] : [];
    });
    return new Map((await Promise.all(texts)).flat());
  } finally {
    await workspaces.discard(workspace.root);
  }
}

/** Judges that each scenario of the specification was observed by one that was executed; reading code does not count. */
export function judgeObserved(
  { specification }: SmokePolicy,
  { texts, outcomes }: { texts: Specification | undefined; outcomes: Outcome[] },
): Check[] {
  if (!specification) return [];
  const check = {
    id: "specification",
    title: "Every scenario of the specification is observed",
    required: true,
    evidence: [],
  };
  const doubt = (because: string): Check[] => [
    { ...check, result: "inconclusive", code: "smoke.scenario-unobserved", because },
  ];
  if (!texts || "unread" in texts)
    return doubt(`expected the specification, found that ${texts?.unread ?? "it was not read"}`);
  const absent = specification.files.filter((path) => !texts.has(path));
  if (absent.length > 0) return doubt(`expected ${absent.join(", ")} in the released commit, found none`);
  const ids = idsIn(
    specification.ids,
    specification.files.map((path) => texts.get(path) ?? ""),
  );
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  if (wanted.length === 0) return doubt("expected ids of scenarios in the specification, found none");
  const observed = new Set(outcomes.filter(wasExecuted).flatMap(({ conduct }) => conduct.scenario.covers));
  const bare = wanted.filter((id) => !observed.has(id));
  if (bare.length > 0)
    return doubt(`expected an observation of each of ${wanted.length}, found none of ${bare.join(", ")}`);
  return [{ ...check, result: "pass", because: `${wanted.length} observed` }];
}

/** Lists what the expression finds in the texts; throws `all.expression-too-slow`. */
function idsIn(expression: string, texts: string[]): string[] {
  const pattern = new RegExp(expression, "gu");
  return searchInTime("`smoke.specification.ids`", () =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map(([id]) => id)),
  );
}

/** Tells which scenarios rest on a text that has changed since somebody last held them against it, as advice. */
export function judgeReferences(scenarios: ScenarioPolicy[], texts: Specification | undefined): Check[] {
  return scenarios.flatMap((scenario): Check[] => {
    const reference = scenario["spec-ref"];
    if (!reference) return [];
    const { file, heading, seen } = reference;
    const text = texts instanceof Map ? texts.get(file) : undefined;
    const part = text === undefined ? undefined : sectionOf(text, heading);
    const found = part === undefined ? "no such text" : hexDigest("sha256", part).slice(0, digits);
    if (found === seen) return [];
    const place = heading === undefined ? file : `${file}, ${heading}`;
    const because = `expected ${place} as it was when the scenario was written (${seen}), found ${found}`;
    const title = `${scenario.id}: its specification is as it was`;
    const check = { id: `spec-${scenario.id}`, title, required: false, evidence: [] };
    return [{ ...check, result: "fail", code: "smoke.stale-assertion", because }];
  });
}

/** Finds the section under a heading, up to the next one of its level or above; the whole text where none is named. */
function sectionOf(text: string, heading: string | undefined): string | undefined {
  if (heading === undefined) return text;
  const lines = text.split(/\r?\n/);
  const level = (line: string) => /^(#{1,6})\s/.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY;
  const start = lines.findIndex((line) => line.replace(/^#{1,6}\s+/, "").trim() === heading && level(line) <= 6);
  if (start < 0) return undefined;
  const own = level(lines[start] ?? "");
  const rest = lines.slice(start + 1).findIndex((line) => level(line) <= own);
  return lines.slice(start, rest < 0 ? undefined : start + 1 + rest).join("\n");
}

function wasExecuted({ ending }: Outcome): boolean {
  return ending === "pass" || ending === "fail";
}

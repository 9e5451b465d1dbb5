import type { Config } from "#src/contract/config/schema";
import { catalogue } from "#src/domain/catalogue";
import { canonicalJson, digestOf } from "#src/domain/digest";
import type { Effect } from "#src/domain/effect";
import type { Mode } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { conclude, decidingCode } from "#src/domain/verdict";
import { inlineCode, table } from "#src/report/markdown";
import type { Applied } from "./apply.ts";
import type { PulledPromotion } from "./by-pull-request.ts";
import { type Hop, isThere, plannedTip } from "./hops.ts";

/** All that a promotion came to. */
export interface Promotion {
  repository: string;
  mode: Mode;
  config: Config;
  source: string;
  sha: string;
  chain: string[];
  hops: Hop[];
  /** Commit ids of all branches, before anything was written. */
  before: Map<string, string>;
  applied: Applied;
  ending: Ending;
  /** What became of the pull request, where one stands for the moves. */
  pulled?: Pick<PulledPromotion, "effects" | "pull">;
}

/** How a promotion that passed ended; `blocked` for one that did not. */
export type Ending = "moved" | "already" | "planned" | "handed-over" | "nothing-to-ship" | "blocked";

/** Compiles the report, with the commit ids of every branch of the chain before and after. */
export function compileReport(promotion: Promotion): StageReport {
  const { repository, mode, config, sha, applied, ending } = promotion;
  const rows = idRows(promotion);
  const ids = Object.fromEntries(rows.map(({ branch, before, after }) => [branch, { before, after }]));
  return {
    checks: applied.checks,
    next: nextStep(promotion),
    release: { repository, component: config.component, tag: null, version: null, sha, base: null, mode },
    policy: digestOf(config),
    effects: promotion.pulled?.effects ?? effectsOf(promotion),
    subjects: rows.flatMap(({ branch, after }) =>
      after === null ? [] : [{ name: `refs/heads/${branch}`, digest: { gitCommit: after } }],
    ),
    attachments: [{ name: "branches.json", content: canonicalJson(ids) }],
    ...outputsOf(promotion, JSON.stringify(ids)),
    noRelease: ending === "nothing-to-ship" || waitsForPerson(promotion),
    summary: idTable(rows),
  };
}

/** Nothing is released before a person has merged; a rehearsal ends as the live run would. */
function waitsForPerson({ ending, pulled }: Promotion): boolean {
  return ending === "handed-over" || (ending === "planned" && pulled !== undefined);
}

/** The pull request is named as soon as there is one, so that a person finds it where the promotion is blocked as well. */
function outputsOf({ applied, ending, sha, pulled }: Promotion, branches: string): Pick<StageReport, "outputs"> {
  const pull: Record<string, string> = pulled?.pull ? { "pull-request": pulled.pull.url } : {};
  if (conclude(applied.checks).result === "pass") return { outputs: { state: ending, sha, branches, ...pull } };
  return pulled?.pull ? { outputs: pull } : {};
}

/** One effect for each branch that the commit is still to reach or has just reached; a branch that is ahead of it has none. */
function effectsOf({ hops, applied }: Promotion): Effect[] {
  return hops
    .filter((hop) => !isThere(hop) || hop.from === hop.to)
    .map(({ branch, from, to }) => ({
      kind: "branch",
      target: `refs/heads/${branch}`,
      precondition: from ?? "absent",
      wanted: to,
      state: applied.states.get(branch) ?? "refused",
    }));
}

interface IdRow {
  branch: string;
  before: string | null;
  after: string | null;
  became: string;
}

/** A pull request moves no branch: a person does, by merging it. */
function idRows({ source, chain, hops, before, applied, ending, pulled }: Promotion): IdRow[] {
  const moves = ending === "planned" && !pulled ? hops : [];
  const planned = new Map(moves.map((hop) => [hop.branch, plannedTip(hop)]));
  const names = chain.includes(source) || source === "" ? chain : [source, ...chain];
  return names.map((branch) => {
    const after = planned.get(branch) ?? applied.heads.get(branch) ?? null;
    const became = branch === source ? "source" : (applied.states.get(branch) ?? "unchanged");
    return { branch, before: before.get(branch) ?? null, after, became };
  });
}

function idTable(rows: IdRow[]): string {
  const id = (sha: string | null) => (sha === null ? "absent" : inlineCode(sha));
  return table(
    ["Branch", "Before", "After", "Became"],
    rows.map(({ branch, before, after, became }) => [inlineCode(branch), id(before), id(after), became]),
  );
}

function nextStep({ applied, ending, chain, sha, pulled, hops }: Promotion): string {
  const code = decidingCode(applied.checks);
  if (code) return catalogue[code].remedy;
  const last = chain.at(-1) ?? "";
  if (ending === "handed-over") return `Merge ${pulled?.pull?.url} with a merge commit, if you agree: it is green.`;
  if (ending === "nothing-to-ship") return `Nothing: ${last} holds ${sha} already.`;
  if (ending === "planned" && pulled)
    return `A live run would hand over a pull request into ${hops[0]?.branch}; nothing was written.`;
  if (ending === "planned") return `A live run would move the branches as listed; nothing was written.`;
  return `Release from ${last}, which is on ${sha}.`;
}

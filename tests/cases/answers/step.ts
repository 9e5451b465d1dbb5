import { prepareGround } from "../ground.ts";
import { contextOf } from "../run-plan.ts";
import { type Answerer, mustGive, type Place } from "./answer.ts";

/** PLN-02, ALL-10: which tag is the base of this release (highest stable tag strictly below the target)? */
export const answerBase: Answerer = async ({ given }, place) => {
  const { record } = await planned(place, mustGive(given.target, "a target"), "");
  const base = record.checks.find(({ id }) => id === "base");
  return { decision: base?.result, base_tag: record.release.base };
};

const classes: Record<string, string> = { major: "breaking", minor: "feature", patch: "fix-or-other" };

/** PLN-24, PLN-25, F08: what kind of bump do the commits in this range ask for, and is the recorded one large enough? */
export const answerBump: Answerer = async ({ given }, place) => {
  const base = mustGive(given.base_tag, "a base tag");
  const answer = await planned(place, mustGive(given.target, "a target"), base);
  const { bump, commits } = contextOf(answer);
  const check = answer.record.checks.find(({ id }) => id === "bump");
  return {
    commits: commits?.total,
    feat: commits?.["by-class"].feat ?? 0,
    fix: commits?.["by-class"].fix ?? 0,
    breaking: commits?.breaking,
    highest_class: classes[bump?.required ?? ""],
    required_bump: bump?.required,
    recorded_bump: bump?.declared,
    agrees: check?.code !== "plan.bump-too-small" && check?.result !== undefined,
  };
};

async function planned({ built, branch, desk }: Place, target: string, base: string) {
  const head = built.git(["rev-parse", `refs/tags/${target}^{commit}`]);
  const ground = prepareGround(built, { branch, head, tags: "all" });
  const { path } = built.configurationAt(head);
  return desk.ask(ground, { head, inputs: { config: path, "base-tag": base } });
}

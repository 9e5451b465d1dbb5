import { prepareGround } from "../ground.ts";
import { type Answer, contextOf } from "../run-plan.ts";
import { type Answerer, mustGive } from "./answer.ts";
import { namesOf } from "./lockstep.ts";

/** How the plan names what a recorded answer calls by its own words. */
const reasons: Record<string, string> = {
  "plan.tag-exists-elsewhere": "tag-on-other-commit",
  "plan.version-source-missing": "version-unreadable",
  "plan.version-unparseable": "version-unreadable",
  "plan.version-not-lockstep": "version-sources-disagree",
  "plan.version-regressed": "version-decreased",
  "plan.version-rewound": "not-fast-forward-and-version-decreased",
};

/** PLN-27 to 31, TAG-09: what must the tagging stage do for this push? */
export const answerPush: Answerer = async ({ given, expected }, { built, desk }) => {
  const push = mustGive(given.push, "a push");
  const [before, head] = [built.idOf(push.before), built.idOf(push.after)];
  const tags = given.tags === "all" ? "all" : { in: before };
  const ground = prepareGround(built, { branch: push.branch, head, tags });
  const event = { ref: `refs/heads/${push.branch}`, before, after: head };
  const { path } = built.configurationAt(head);
  const answer = await desk.ask(ground, { head, event, inputs: { mode: "push", config: path } });
  const told = facts(answer);
  // What was passed over is part of every answer, so that a version named without reason shows.
  const keys = new Set([...Object.keys(expected), "skipped_versions"]);
  return Object.fromEntries([...keys].map((key) => [key, told[key]]));
};

/** All that a recorded answer may ask about a push. A key that nothing is known of comes out as undefined, and never matches. */
function facts(answer: Answer): Record<string, unknown> {
  const { ending, record } = answer;
  const { push, sources } = contextOf(answer);
  const tag = record.checks.find(({ id }) => id === "tag-free");
  const [pushed, tagCommit] = tag?.code === "plan.tag-exists-elsewhere" ? tag.evidence : [];
  const skipped = push?.["skipped-versions"].map(({ text }) => text) ?? [];
  return {
    decision: decisionOf(answer),
    reason: reasons[ending.outputs.code ?? ""] ?? ending.outputs.code,
    version_before: push?.["version-before"],
    version_after: push?.["version-after"],
    version_file_before: push?.["file-before"],
    version_file_after: sources[0]?.file,
    tag: ending.outputs.tag || /v\d\S*/.exec(tag?.because ?? "")?.[0],
    target: ending.outputs.sha,
    tag_commit: tagCommit,
    pushed_commit: pushed,
    skipped_versions: skipped.length > 0 ? skipped : undefined,
    disagree: namesOf(sources.filter(({ agrees }) => agrees === false)),
  };
}

function decisionOf({ ending: { code, outputs }, record }: Answer): string {
  if (outputs.verdict !== "pass") return code === 1 && record.outcome === "blocked" ? "block" : "unclear";
  if (code !== 0) return "unclear";
  if (outputs.outcome === "no-release") return outputs.tag === "" ? "no-tag" : "unclear";
  return { absent: "create-tag", present: "dispatch-only" }[outputs["tag-state"] ?? ""] ?? "unclear";
}

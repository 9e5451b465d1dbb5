import * as z from "zod";
import { prepareGround } from "../ground.ts";
import { type Answer, fileOf } from "../run-plan.ts";
import { type Answerer, mustGive, type Place } from "./answer.ts";

const auditForm = z.object({
  tags: z.number(),
  "untagged-versions": z.array(z.object({ version: z.string(), commit: z.string() })),
  "mismatched-tags": z.array(z.object({ tag: z.string() })),
  "unreadable-tags": z.array(z.string()),
  "lightweight-tags": z.array(z.string()).nullable(),
});

/** PLN-32, F09: which stable versions stood on the release branch and never got a tag? */
export const answerUntagged: Answerer = async ({ given }, place) => {
  const { branch, since } = mustGive(given.audit, "an audit");
  const { audit, decision } = await audited(place, { branch, since: since ?? "" });
  return { decision, untagged_versions: audit["untagged-versions"].map(({ version }) => version) };
};

/** PLN-32: for which tags does the version file at the tagged commit differ from the tag name? */
export const answerDiffering: Answerer = async (_expectation, place) => {
  const { audit, decision } = await audited(place, { branch: place.branch, since: "" });
  const differing = audit["mismatched-tags"].map(({ tag }) => tag);
  const count = place.built.git(["tag", "--list"]).split("\n").length;
  const whole = audit.tags === count && audit["unreadable-tags"].length === 0;
  return {
    decision: whole && decision === "report" && differing.length === 0 ? "pass" : "block",
    differing_tags: differing,
  };
};

/** PLN-32: which tags break a policy that release tags are annotated? */
export const answerLightweight: Answerer = async (_expectation, place) => {
  const { audit, decision } = await audited(place, { branch: place.branch, since: "" });
  return { decision, lightweight_tags: audit["lightweight-tags"] };
};

async function audited({ built, desk }: Place, { branch, since }: { branch: string; since: string }) {
  const head = built.git(["rev-parse", `refs/heads/${branch}`]);
  const ground = prepareGround(built, { branch, head, tags: "all" });
  const { path } = built.configurationAt(head);
  const answer = await desk.ask(ground, { head, inputs: { mode: "audit", config: path, "base-tag": since } });
  return { audit: fileOf(answer, "audit.json", auditForm), decision: decisionOf(answer) };
}

/** An audit that was made ends green and releases nothing. */
function decisionOf({ ending: { code, outputs, log } }: Answer): string {
  const reported = code === 0 && outputs.verdict === "pass" && outputs.outcome === "no-release" && outputs.tag === "";
  return reported ? "report" : log;
}

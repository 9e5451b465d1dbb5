import type { Answerer } from "./answer.ts";
import { answerDiffering, answerLightweight, answerUntagged } from "./audit.ts";
import { answerLockstep } from "./lockstep.ts";
import { answerPlatforms, answerSource } from "./provenance.ts";
import { answerPush } from "./push.ts";
import { answerBase, answerBump } from "./step.ts";

/** A question with the requirements that its answer proves, and the failures that the recorded answers to it name. */
export interface Answered {
  rules: string[];
  failures: string[];
  answer: Answerer;
}

/** Who answers a question, by its text. Each answer comes from a shipped bundle. */
export const answers: Record<string, Answered> = {
  "What must the tagging stage do for this push?": {
    rules: ["PLN-27", "PLN-28", "PLN-30", "PLN-31", "TAG-09"],
    failures: ["F02", "F03", "F04", "F05", "F07", "F08", "F30"],
    answer: answerPush,
  },
  "Do all version sources, lock files included, name one and the same version?": {
    rules: ["PLN-21", "PLN-22"],
    failures: ["F30"],
    answer: answerLockstep,
  },
  "Which stable versions stood on the release branch and never got a tag?": {
    rules: ["PLN-32"],
    failures: ["F09"],
    answer: answerUntagged,
  },
  "For which tags does the version file at the tagged commit differ from the tag name?": {
    rules: ["PLN-32"],
    failures: ["F12"],
    answer: answerDiffering,
  },
  "Which tags break a policy that release tags are annotated?": {
    rules: ["PLN-32"],
    failures: ["F12"],
    answer: answerLightweight,
  },
  "Which tag is the base of this release (highest stable tag strictly below the target)?": {
    rules: ["PLN-02", "ALL-10"],
    failures: ["F09"],
    answer: answerBase,
  },
  "What kind of bump do the commits in this range ask for, and is the recorded one large enough?": {
    rules: ["PLN-24", "PLN-25"],
    failures: [],
    answer: answerBump,
  },
  "Which commit must the provenance record name as the source?": {
    rules: ["BLD-09", "PUB-11"],
    failures: ["F12"],
    answer: answerSource,
  },
  "Which platforms must be present with their real hashes before this channel counts as published?": {
    rules: ["BLD-06", "PUB-13"],
    failures: ["F44"],
    answer: answerPlatforms,
  },
};

/** Questions that stand in a test file of their own, beside this one. */
export const answeredElsewhere: Record<string, string> = {
  "May the release merge proceed (fast-forward only)?": "promote.test.ts",
  "Does the changelog at the tagged commit carry a finished section for this version?": "changelog.test.ts",
  "With the right file name: is there a finished section for this version?": "changelog.test.ts",
  "Is this commit ready to be released as the version it names?": "changelog.test.ts",
};

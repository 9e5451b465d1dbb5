/** Wiring only: which adapters stand behind which ports. Logic lives in `auto-tag.ts`. */
import { readEnvironment } from "#src/adapters/environment";
import { githubTags } from "#src/adapters/github-tags";
import { systemClock } from "#src/adapters/system-clock";
import { runAction } from "#src/run-action";
import { autoTag } from "./auto-tag.ts";
import { contract } from "./contract.ts";

await runAction(contract, (given, context) =>
  autoTag(given, context, { tags: githubTags(given["github-token"], readEnvironment(), systemClock) }),
);

/** Wiring only: which adapters stand behind which ports. Logic lives in `auto-tag.ts`. */
import { readEnvironment } from "#src/adapters/environment";
import { tagPorts } from "#src/adapters/tag-ports";
import { runAction } from "#src/run-action";
import { autoTag } from "./auto-tag.ts";
import { contract } from "./contract.ts";

await runAction(contract, (given, context) => autoTag(given, context, tagPorts(given, readEnvironment())));

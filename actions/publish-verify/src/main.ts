/** Wiring only: which adapters stand behind which ports. Logic lives in the folder of each mode. */
import { readEnvironment } from "#src/adapters/environment";
import { gitTagContent } from "#src/adapters/git-tag-content";
import { npmClient } from "#src/adapters/npm-client";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { verifyLive } from "./live/verify-live.ts";

await runAction(contract, (given, context) => {
  const place = readEnvironment();
  const content = gitTagContent({ ...place, token: given["github-token"] });
  const packages = { npm: npmClient(systemShell(), place) };
  return verifyLive(context, { packages, content, clock: systemClock });
});

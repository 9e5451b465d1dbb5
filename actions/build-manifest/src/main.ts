/** Wiring only: which adapters stand behind which ports. Logic lives in `build-manifest.ts`. */
import { readEnvironment } from "#src/adapters/environment";
import { workspaceFiles } from "#src/adapters/workspace-files";
import { runAction } from "#src/run-action";
import { buildManifest } from "./build-manifest.ts";
import { contract } from "./contract.ts";

await runAction(contract, (given, context) => {
  const { workspace, run, workflow } = readEnvironment();
  return buildManifest(given, context, { files: workspaceFiles(workspace), run: { ...run, workflow } });
});

/** Wiring only: which adapters stand behind which ports. Logic lives in `build-manifest.ts`. */
import { artifactLedgerStore } from "#src/adapters/artifact-ledger-store";
import { readEnvironment } from "#src/adapters/environment";
import { systemShell } from "#src/adapters/system-shell";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { workspaceFiles } from "#src/adapters/workspace-files";
import { runAction } from "#src/run-action";
import { buildManifest } from "./build-manifest.ts";
import { contract } from "./contract.ts";

await runAction(contract, (given, context) => {
  const { workspace, run, workflow, temp } = readEnvironment();
  const store = artifactLedgerStore(temp);
  const job = { shell: systemShell(), directory: workspace, environment: toolEnvironment() };
  return buildManifest(given, context, { files: workspaceFiles(workspace), store, run: { ...run, workflow }, job });
});

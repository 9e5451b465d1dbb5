/** Wiring only: which adapters stand behind which ports. Logic lives in `smoke-test.ts`. */
import { artifactLedgerStore } from "#src/adapters/artifact-ledger-store";
import { cargoPackageInstall } from "#src/adapters/cargo-package-install";
import { readEnvironment } from "#src/adapters/environment";
import { gitRepositoryCopy } from "#src/adapters/git-repository-copy";
import { goPackageInstall } from "#src/adapters/go-package-install";
import { httpRequests as http } from "#src/adapters/http-requests";
import { imageInstall } from "#src/adapters/image-install";
import { jobSecrets } from "#src/adapters/job-secrets";
import { npmPackageInstall } from "#src/adapters/npm-package-install";
import { pipPackageInstall } from "#src/adapters/pip-package-install";
import { randomNonces as nonces } from "#src/adapters/random-nonces";
import { systemClock as clock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import { throwawayWorkspaces } from "#src/adapters/throwaway-workspaces";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { smokeTest } from "./smoke-test.ts";

await runAction(contract, (given, context) => {
  const [shell, runner, token] = [systemShell(), readEnvironment(), given["github-token"]];
  const places = { workspaces: throwawayWorkspaces(runner), repository: gitRepositoryCopy(runner, token) };
  const packages = {
    npm: npmPackageInstall(shell),
    pypi: pipPackageInstall(shell),
    cargo: cargoPackageInstall(shell),
    go: goPackageInstall(shell),
    oci: imageInstall({ shell, clock }),
  };
  const collecting = { store: artifactLedgerStore(runner.temp), attempt: runner.run.attempt };
  const asking = { shell, clock, http, nonces, secrets: jobSecrets(), packages };
  return smokeTest(given, context, { ...asking, ...places, ...collecting });
});

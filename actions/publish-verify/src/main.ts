/** Wiring only: which adapters stand behind which ports. Logic lives in the folder of each mode. */
import { cargoRegistry } from "#src/adapters/cargo-registry";
import { commandChannel } from "#src/adapters/command-channel";
import { readEnvironment } from "#src/adapters/environment";
import { gitRepositoryCopy } from "#src/adapters/git-repository-copy";
import { gitTagContent } from "#src/adapters/git-tag-content";
import { githubAttestations } from "#src/adapters/github-attestations";
import { githubBuildRuns } from "#src/adapters/github-build-runs";
import { githubReleaseChannel } from "#src/adapters/github-release-channel";
import { goModules } from "#src/adapters/go-modules";
import { imageChannel } from "#src/adapters/image-channel";
import { npmClient } from "#src/adapters/npm-client";
import { pythonPackages } from "#src/adapters/python-packages";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import { workspaceFiles } from "#src/adapters/workspace-files";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { verifyInMode } from "./modes.ts";

await runAction(contract, (given, context) => {
  const place = readEnvironment();
  const content = gitTagContent({ ...place, token: given["github-token"] });
  const shell = systemShell();
  const repository = gitRepositoryCopy(place, given["github-token"]);
  const packages = {
    npm: npmClient(shell, place),
    pypi: pythonPackages(shell, place, systemClock),
    cargo: cargoRegistry(shell, place),
    go: goModules(shell, place),
    oci: imageChannel({ shell, clock: systemClock }),
    "github-release": githubReleaseChannel(given["github-token"], place.repository),
  };
  const command = commandChannel({ shell, repository, temp: place.temp });
  const runs = githubBuildRuns(given["github-token"], place.repository);
  const attestations = githubAttestations(given["github-token"], place.repository);
  const proof = { runs, attestations, files: workspaceFiles(place.workspace), serverUrl: place.serverUrl, given };
  return verifyInMode(given.mode, context, { packages, command, content, clock: systemClock, ...proof });
});

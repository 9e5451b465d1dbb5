/** Wiring only: which adapters stand behind which ports. Logic lives in the folder of each mode. */
import { beforePublishingPorts } from "#src/adapters/before-publishing-ports";
import { cargoRegistry } from "#src/adapters/cargo-registry";
import { commandChannel } from "#src/adapters/command-channel";
import { readEnvironment } from "#src/adapters/environment";
import { gitRepositoryCopy } from "#src/adapters/git-repository-copy";
import { gitTagContent } from "#src/adapters/git-tag-content";
import { githubReleaseChannel } from "#src/adapters/github-release-channel";
import { githubVerifiedReleases } from "#src/adapters/github-verified-releases";
import { goModules } from "#src/adapters/go-modules";
import { homebrewPorts } from "#src/adapters/homebrew-ports";
import { imageChannel } from "#src/adapters/image-channel";
import { npmClient } from "#src/adapters/npm-client";
import { pythonPackages } from "#src/adapters/python-packages";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
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
  const verified = githubVerifiedReleases(given["github-token"], place.repository);
  const before = beforePublishingPorts(given, place, shell);
  const brew = homebrewPorts(place, given["github-token"]);
  return verifyInMode(given, context, { packages, command, content, clock: systemClock, verified, ...before, ...brew });
});

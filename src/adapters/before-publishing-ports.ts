import { artifactLedgerStore, earlierLedger } from "#src/adapters/artifact-ledger-store";
import { cargoCredentials } from "#src/adapters/cargo-credentials";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { githubAttestations } from "#src/adapters/github-attestations";
import { githubBuildRuns } from "#src/adapters/github-build-runs";
import { githubReleases } from "#src/adapters/github-releases";
import { githubTagRules } from "#src/adapters/github-tag-rules";
import { githubWriteRight } from "#src/adapters/github-write-right";
import { imagePushRight } from "#src/adapters/image-push-right";
import { jobIdentity } from "#src/adapters/job-identity";
import { npmCredentials } from "#src/adapters/npm-credentials";
import { pythonUploads } from "#src/adapters/python-uploads";
import { workspaceFiles } from "#src/adapters/workspace-files";
import type { Shell } from "#src/ports/shell";

/** What is handed in about a build, and the token that it is asked about with. */
interface ProofInputs {
  "github-token": string;
  attestations: string;
  "trusted-root": string;
}

/** Opens what is asked before anything is published: the run that built, what was signed, and the job's own credentials. */
export function beforePublishingPorts(given: ProofInputs, place: RunnerEnvironment, shell: Shell) {
  const { repository, workspace, serverUrl } = place;
  const token = given["github-token"];
  return {
    ...{ given, serverUrl },
    runs: githubBuildRuns(token, repository),
    earlier: (id: string) => earlierLedger(place.temp, { id, repository, token }),
    store: artifactLedgerStore(place.temp),
    attestations: githubAttestations(token, repository),
    files: workspaceFiles(workspace),
    clients: {
      npm: npmCredentials(shell, place),
      pypi: pythonUploads(shell, place),
      cargo: cargoCredentials(shell, place),
      oci: imagePushRight({ shell }),
      "github-release": githubWriteRight(token, repository),
    },
    releases: { ofTag: (tag: string) => githubReleases(token, repository).ofTag(tag) },
    rules: githubTagRules(token, repository),
    job: jobIdentity(place),
  };
}

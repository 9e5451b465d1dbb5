import { artifactLedgerStore, earlierLedger } from "#src/adapters/artifact-ledger-store";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { githubAttestations } from "#src/adapters/github-attestations";
import { githubBuildRuns } from "#src/adapters/github-build-runs";
import { jobIdentity } from "#src/adapters/job-identity";
import { npmCredentials } from "#src/adapters/npm-credentials";
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
    clients: { npm: npmCredentials(shell, place) },
    job: jobIdentity(place),
  };
}

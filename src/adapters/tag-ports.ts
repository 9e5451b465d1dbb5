import { apiUsage } from "#src/adapters/api-usage";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { gitBranchPointer } from "#src/adapters/git-branch-pointer";
import { githubTags } from "#src/adapters/github-tags";
import { githubWorkflowRuns } from "#src/adapters/github-workflow-runs";
import { npmClient } from "#src/adapters/npm-client";
import { signedTags } from "#src/adapters/signed-tags";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import type { SigningPolicy } from "#src/contract/config/tag";

/** The secrets that the tag stage is handed; empty ones were not given. */
export interface TagSecrets {
  "github-token": string;
  "tag-token": string;
  "signing-key": string;
}

/** Opens what the tag stage reads and writes: an app's token writes tags where there is one, and starts nothing. */
export function tagPorts(secrets: TagSecrets, place: RunnerEnvironment) {
  const token = secrets["github-token"];
  const writer = secrets["tag-token"] || token;
  return {
    tags: githubTags(writer, place, systemClock),
    signer: (policy: SigningPolicy) =>
      signedTags({ ...place, token: writer }, { ...policy, key: secrets["signing-key"] }),
    runs: githubWorkflowRuns(token, place.repository),
    pointer: gitBranchPointer({ ...place, token }),
    registry: npmClient(systemShell(), place),
    clock: systemClock,
    own: { workflow: place.workflow },
    pushToken: secrets["tag-token"] !== "",
    requests: () => apiUsage().requests,
  };
}

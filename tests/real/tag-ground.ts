import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import type { SigningPolicy } from "#src/contract/config/tag";
import { aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { withRisk } from "#src/testing/risk-builders";
import type { AutoTagPorts } from "../../actions/auto-tag/src/survey.ts";
import type { GitHubOptions } from "../../rehearsal/github/start-github.ts";
import { ALL, aGitHub, type Fixture, NOON } from "../../rehearsal/github/testing.ts";

/** The embedded GitHub over a real bare repository, with the stage's real adapters in front of it. */
export interface TagGround extends Fixture {
  /** Folder that the adapters may use; it is empty whenever they are done. */
  temp: string;
  /** Sits through the stage as a job of a run of `tag.yml` on main would. */
  sit(
    config: object,
    options?: SitOptions,
  ): ReturnType<typeof import("../../actions/auto-tag/src/auto-tag.ts").autoTag>;
}

/** What differs from a live job with a token for everything. */
export interface SitOptions {
  mode?: "live" | "rehearsal";
  token?: string;
  key?: string;
  /** How tags are named. */
  pattern?: string;
  /** Replaces ports, given the real ones. */
  altered?: (ports: AutoTagPorts) => Partial<AutoTagPorts>;
}

/** The client reads its address when it is loaded, so all grounds of a file stand on the port of the first. */
let port: number | undefined;

/** Starts a ground; close it in the same test. */
export async function aTagGround(options: Partial<GitHubOptions> = {}): Promise<TagGround> {
  const fixture = await aGitHub({ ...options, ...(port === undefined ? {} : { port }) });
  port = Number(new URL(fixture.github.apiUrl).port);
  vi.stubEnv("GITHUB_API_URL", fixture.github.apiUrl);
  const temp = mkdtempSync(join(tmpdir(), "sw-"));
  return {
    ...fixture,
    temp,
    sit: (config, sitOptions = {}) => sit({ ...fixture, temp }, config, sitOptions),
    close: async () => {
      await fixture.close();
      rmSync(temp, { recursive: true });
    },
  };
}

async function sit(ground: Fixture & { temp: string }, config: object, options: SitOptions) {
  const { mode = "live", token = ground.write, key = "", pattern = "v{version}", altered = () => ({}) } = options;
  const { autoTag } = await import("../../actions/auto-tag/src/auto-tag.ts");
  const ports = await realPorts(ground, token, key);
  const tag = pattern.replace("{version}", "1.1.0");
  const release = aRelease({ mode, tag, sha: ground.head, repository: "acme/rocket" });
  const settings = { tag: config, version: { "tag-pattern": pattern } };
  const gated = aContext(settings, [anArrival(aRecord({ stage: "release-gates", release }))], release);
  const given = { "release-mode": mode, records: "", "github-token": token, "tag-token": "", "signing-key": key };
  return autoTag(given, withRisk(gated, {}), { ...ports, ...altered(ports) });
}

async function realPorts(
  { github, temp }: Fixture & { temp: string },
  token: string,
  key: string,
): Promise<AutoTagPorts> {
  const { gitBranchPointer } = await import("#src/adapters/git-branch-pointer");
  const { githubTags } = await import("#src/adapters/github-tags");
  const { githubWorkflowRuns } = await import("#src/adapters/github-workflow-runs");
  const { signedTags } = await import("#src/adapters/signed-tags");
  const clock = fakeClock(NOON);
  const remote = { repository: "acme/rocket", serverUrl: github.apiUrl, temp, token };
  return {
    tags: githubTags(token, remote, clock),
    signer: (policy: SigningPolicy) => signedTags(remote, { ...policy, key }),
    runs: githubWorkflowRuns(token, remote.repository),
    pointer: gitBranchPointer(remote),
    registry: { look: async () => ({ version: { seen: "absent" }, pointers: new Map() }) },
    clock,
    own: { workflow: "acme/rocket/.github/workflows/tag.yml@refs/heads/main" },
    pushToken: false,
    requests: () => 0,
  };
}

/** Makes a token with everything but what is named otherwise. */
export function tokenWith(github: Fixture["github"], other: Record<string, "read" | "none">): string {
  return github.issueToken({ permissions: { ...ALL, ...other }, stage: "test" });
}

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configSchema } from "#src/contract/config/schema";
import { conclude } from "#src/domain/verdict";
import type { ChannelLook } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { runningWorkflow, sitPreflight } from "../testing/preflight-scene.ts";

/** Pushes to `dev` publish a candidate on the index for tests, which pip is configured for in that workflow's jobs. */
const staging = `
version:
  pre-releases: release
channels:
  - id: test-index
    kind: pypi
    package: tide
    publishing: { by: trusted-publisher, workflow: staging.yml }
report:
  github-release: false
`;

/** Pushed tags publish on the index that everybody uses, and the release with the built files beside it. */
const production = `
channels:
  - id: index
    kind: pypi
    package: tide
    publishing: { by: trusted-publisher, workflow: release.yml }
  - id: forge
    kind: github-release
    files: ["*.whl", "*.tar.gz"]
report:
  github-release: false
`;

const files = [
  aBuiltFile({ name: "tide-1.1.0-py3-none-any.whl", kind: "wheel" }),
  aBuiltFile({ name: "tide-1.1.0.tar.gz", kind: "sdist", sha256: "3".repeat(64) }),
];
const runOf = (workflow: string) => runningWorkflow.replace("release.yml", workflow);

function sit(text: string, workflow: string, look?: ChannelLook) {
  const config = configSchema.parse(parse(text));
  const [first = {}, ...others] = config.channels;
  return sitPreflight({
    channel: { ...first },
    others,
    config: { report: config.report },
    files,
    workflow: runOf(workflow),
    ...(look ? { look } : {}),
  });
}

describe("a project with an index for tests and one for everybody", () => {
  it.each([
    ["a push to dev", staging, "staging.yml"],
    ["a pushed tag", production, "release.yml"],
  ])("BLD-19: publishes from %s to the index that trusts that workflow", async (_what, text, workflow) => {
    const { report } = await sit(text, workflow);
    expect(conclude(report.checks).result).toBe("pass");
  });

  it.each([
    ["from a push to dev to the index of everybody", production, "staging.yml"],
    ["from a pushed tag to the index for tests", staging, "release.yml"],
  ])("BLD-19 F40: never publishes %s", async (_what, text, workflow) => {
    expect((await sit(text, workflow)).code).toBe("publish.oidc-misconfigured");
  });

  it.each([
    ["a candidate", staging, "staging.yml"],
    ["a release", production, "release.yml"],
  ])("BLD-19: does not skip %s whose number is taken by other bytes", async (_what, text, workflow) => {
    const served = files.map(({ name }) => ({ name, digests: { sha256: "9".repeat(64) }, size: 3 }));
    const look: ChannelLook = { version: { seen: "served", files: served }, pointers: new Map() };
    expect((await sit(text, workflow, look)).code).toBe("publish.exists-different");
  });

  it("BLD-19: skips no file that is there: no example lets its upload do it", () => {
    const root = join(import.meta.dirname, "../../../..");
    const workflows = globSync("examples/*/.github/workflows/*.yml", { cwd: root });
    const skipping = workflows.filter((path) =>
      /skip-existing|--check-url/.test(readFileSync(join(root, path), "utf8")),
    );
    expect(workflows.length).toBeGreaterThan(8);
    expect(skipping).toEqual([]);
  });
});

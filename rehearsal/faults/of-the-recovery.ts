import type { Fault } from "./fault.ts";

const upload = "repos/upload-release-asset";
const shared = { example: "go-cli-homebrew", stage: "publish-verify" } as const;

/** A release that went live in part, and what a maintainer does about it. */
export const recoveryFaults: Fault[] = [
  {
    ...shared,
    name: "published-in-part",
    proves: "PUB-34 BLD-13 F41 F45",
    title: "GitHub fails after two of five uploads, when the module is live with its tag",
    expected: { verdict: "Aborted", reason: "publish.partial", names: ["live: module", "release (", "tap ("] },
    repair: {
      title: "publish.yml publishes what is missing of the build behind the tag",
      workflow: "publish.yml",
      inputs: () => ({ "release-tag": "v1.1.0" }),
      arrange: ({ github }) => github.faults.clear(),
      expected: { verdict: "Released", reason: "verdict.all-proven" },
    },
    trace: { journal: "requests", line: { route: upload, status: 502, fault: "failed" } },
    arrange: ({ github }) => {
      let uploaded = 0;
      github.onRequest(({ route, status: code }) => {
        if (route !== upload || code !== 201) return;
        uploaded += 1;
        if (uploaded === 2) github.faults.fail(upload, 502, 100);
      });
    },
  },
];

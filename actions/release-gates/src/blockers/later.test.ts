import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { type Check, conclude } from "#src/domain/verdict";
import { configAttachment } from "#src/stage-context";
import { blockedRelease } from "#src/testing/blocked-release";
import { aCheck, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { fileBlockers } from "./file-blockers.ts";

const title = "Users get the built bytes of tide@1.1.0 (npm)";
const intact = aCheck({ id: "npm:live", title });
const gone = aCheck({
  id: "npm:live",
  title,
  result: "fail",
  code: "publish.not-live",
  because: "found no trace of it",
});
const epic = "Release blockers: v1.1.0";
const blocker = `[release-blocker][v1.1.0] ${title}`;

/** Files what a later look has found; of the release itself, no record is at hand any more. */
async function look(
  tracker: FakeIssues,
  checks: Check[],
  runId: string,
  policy: object = { blockers: { file: true } },
) {
  const config = configSchema.parse(policy);
  const { result, decidedBy } = conclude(checks);
  const record = aRecord({
    ...{ stage: "publish-verify", leg: "later-v1.1.0", release: aRelease(), policy: digestOf(config), checks },
    verdict: { result, "decided-by": decidedBy },
    outcome: result === "pass" ? "release" : "blocked",
  });
  const arrival = anArrival(record, { [configAttachment]: canonicalJson(config) });
  const room = blockedRelease(tracker);
  const ports = { ...room.ports, run: { ...room.ports.run, id: runId } };
  return fileBlockers({ ...room, ports, context: { ...room.context, ledger: { admitted: [arrival], refused: [] } } });
}

const standing = ({ held }: FakeIssues) => held.map(({ title: named, open }) => [named, open]);

describe("PUB-36: a release that is verified again later", () => {
  it("has a blocker under its epic as soon as a channel no longer serves what was built", async () => {
    const tracker = new FakeIssues();
    await look(tracker, [gone], "20");
    expect(standing(tracker)).toEqual([
      [epic, true],
      [blocker, true],
    ]);
    expect(tracker.held[1]?.body).toContain("publish.not-live");
  });

  it("has it closed, and the epic with it, by the evidence of a look that passes", async () => {
    const tracker = new FakeIssues();
    await look(tracker, [gone], "20");
    await look(tracker, [intact], "21");
    expect(standing(tracker)).toEqual([
      [epic, false],
      [blocker, false],
    ]);
  });

  it("has the same blocker opened again, not a second one", async () => {
    const tracker = new FakeIssues();
    for (const [run, check] of [gone, intact, gone].entries()) await look(tracker, [check], String(20 + run));
    expect(standing(tracker)).toEqual([
      [epic, true],
      [blocker, true],
    ]);
  });

  it("has nothing filed while users get what was built, nor under a policy that files nothing", async () => {
    const tracker = new FakeIssues();
    await look(tracker, [intact], "20");
    await look(tracker, [gone], "21", {});
    expect(tracker.held).toEqual([]);
  });
});

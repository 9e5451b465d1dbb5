import { describe, expect, it } from "vitest";
import { verdictSchema } from "#src/domain/release-verdict";
import { suiteVersion } from "#src/suite-version";
import { aCheck, anOverride } from "#src/testing/builders";
import { FakeReleases } from "#src/testing/fake-releases";
import { aChain, aChainContext, type ChainOptions } from "#src/testing/release-chain";
import { verdict } from "./verdict.ts";

const override = anOverride();
const regressed = aCheck({ id: "version-increased", result: "fail", code: override.code, because: "below", override });
const rejected = {
  checks: [aCheck({ id: "sign-off", result: "fail", code: "gates.aborted-by-decision" })],
  verdict: { result: "fail" as const, "decided-by": ["sign-off"] },
  outcome: "blocked" as const,
};
const planned: ChainOptions["changes"] = { "plan-release": { checks: [aCheck(), regressed] } };

async function conclude(options: ChainOptions) {
  const releases = new FakeReleases();
  releases.tags.set("v1.1.0", "a".repeat(40));
  const context = aChainContext(aChain(options));
  const { mode } = context.expected;
  const given = { "release-mode": mode, records: "", results: "", "github-token": "t" };
  const run = { id: "7", url: "https://github.example/octo/tide/actions/runs/7", actor: "ada" };
  const origin = {
    suite: suiteVersion,
    repository: "octo/tide",
    sha: "a".repeat(40),
    run,
    attempt: 1,
    now: new Date(0),
  };
  const report = await verdict(given, context, { releases, origin });
  const file = (name: string) => String(report.attachments?.find((one) => one.name === name)?.content);
  return { report, releases, file, document: verdictSchema.parse(JSON.parse(file("verdict.json"))) };
}

describe("ALL-07 VER-17: a release with an override", () => {
  it("is Released-with-override, never Released, and says who overrode what and why", async () => {
    const { report, document, file, releases } = await conclude({ changes: planned, approval: {} });
    expect(report.outputs).toMatchObject({ "release-verdict": "Released-with-override", reason: "verdict.overridden" });
    expect(document).toMatchObject({ verdict: "Released-with-override", overrides: [override] });
    expect(document.reason.text).toContain("plan.version-regressed by ada (a fix for the one customer on 1.0)");
    expect(file("report.md")).toMatch(/^# Released-with-override: /);
    expect(releases.held[0]?.body).toContain("Released with an override of plan.version-regressed;");
    expect(report.effects?.[0]?.wanted).toContain("with an override of plan.version-regressed");
  });

  it("VER-17: leaves a retrospective to be opened, with the command that does", async () => {
    const { document } = await conclude({ changes: planned, approval: {} });
    expect(document.leftovers).toMatchObject([{ code: "verdict.retrospective-missing" }]);
    expect(document.leftovers[0]?.replay).toMatch(
      /^gh issue create --repo octo\/tide --title "Retrospective: 1\.1\.0 /,
    );
  });

  it("in a rehearsal has no verdict, and says which one a live run would have", async () => {
    const { document } = await conclude({ mode: "rehearsal", changes: planned });
    expect(document).toMatchObject({ verdict: null, overrides: [override], leftovers: [] });
    expect(document.reason.text).toContain("would be Released-with-override");
  });

  it.each<[rule: string, options: ChainOptions]>([
    ["nobody was asked", { changes: planned }],
    ["the people's record does not pass", { changes: planned, approval: rejected }],
    [
      "a stage other than the plan overrode",
      { changes: { "smoke-test": { checks: [aCheck(), regressed] } }, approval: {} },
    ],
    [
      "a stage bears another reason than the plan",
      {
        changes: {
          ...planned,
          "release-gates": {
            checks: [aCheck({ id: "unit" }), { ...regressed, override: { ...override, reason: "because I say so" } }],
          },
        },
        approval: {},
      },
    ],
  ])("is Aborted where %s", async (_rule, options) => {
    const { document, releases } = await conclude(options);
    expect(document.verdict).toBe("Aborted");
    expect(releases.held).toEqual([]);
  });

  it("is Aborted where the finding cannot be overridden, whatever the record says", async () => {
    const dirty = {
      ...regressed,
      code: "plan.tree-dirty" as const,
      override: { ...override, code: "plan.tree-dirty" as const },
    };
    const { document } = await conclude({ changes: { "plan-release": { checks: [aCheck(), dirty] } }, approval: {} });
    expect(document).toMatchObject({ verdict: "Aborted", overrides: [] });
  });

  it("without any override asks nothing about them", async () => {
    const { document } = await conclude({ approval: {} });
    expect(document).toMatchObject({ verdict: "Released", overrides: [], leftovers: [] });
    expect(document.checks.map(({ id }) => id)).not.toContain("overrides");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { type GrownBranch, grownBranch } from "./grown-branch.ts";

const zeros = "0".repeat(40);

let ground: GrownBranch["ground"];
let ids: GrownBranch["ids"];
let plan: GrownBranch["plan"];

beforeAll(() => {
  ({ ground, ids, plan } = grownBranch());
});

afterAll(() => ground.remove());

describe("a push on real git", () => {
  it("PLN-27 PLN-30 F03 F05: with its bump in an earlier commit is a release, and the version between is named", async () => {
    const report = await push("root", "after");
    expect(summary(report)).toMatchObject({ result: "pass", noRelease: false, "tag-state": "absent", tag: "v1.1.0" });
    expect(pushOf(report)).toMatchObject({
      "version-before": "1.0.0",
      "version-after": "1.1.0",
      "fast-forward": true,
      "skipped-versions": [{ commit: ids.skipped, text: "1.0.1" }],
    });
  });

  it("PLN-27 F04: of an unknown base is compared with the first parent of the merge", async () => {
    const report = await push(zeros, "merge");
    expect(summary(report)).toMatchObject({ result: "pass", tag: "v1.2.0" });
    expect(pushOf(report)).toMatchObject({ before: null, "compared-with": ids.after, "version-before": "1.1.0" });
  });

  it("PLN-27: of a commit that is not in the checkout is compared with the first parent", async () => {
    expect(pushOf(await push("e".repeat(40), "merge"))).toMatchObject({ before: null, "compared-with": ids.after });
  });

  it("PLN-29 F09: that moves the file without a new version is no change, and the untagged version is refused", async () => {
    const report = await push("merge", "moved");
    expect(pushOf(report)).toMatchObject({ change: "unchanged", "file-before": "VERSION" });
    expect(codesOf(report)).toContain("plan.version-untagged");
    expect(summary(report)).toMatchObject({ result: "fail", tag: undefined });
  });

  it("PLN-28 TAG-09: without a new version ends without a release once the version is tagged", async () => {
    ground.git(["push", "--quiet", "origin", `${ids.moved}:refs/tags/v1.2.0`]);
    expect(summary(await push("moved", "last"))).toEqual({
      result: "pass",
      noRelease: true,
      "tag-state": "elsewhere",
      tag: undefined,
    });
    ground.git(["push", "--quiet", "origin", ":refs/tags/v1.2.0"]);
  });

  it("TAG-07 F07: of a raised version whose tag is on another commit is refused with both ids", async () => {
    ground.git(["push", "--quiet", "origin", `${ids.moved}:refs/tags/v1.2.0`]);
    const report = await push("after", "merge");
    expect(report.checks.find(({ id }) => id === "tag-free")).toMatchObject({
      code: "plan.tag-exists-elsewhere",
      evidence: [ids.merge, ids.moved],
    });
    ground.git(["push", "--quiet", "origin", ":refs/tags/v1.2.0"]);
  });

  it("PLN-27: that winds the branch back below what it had is refused", async () => {
    expect(codesOf(await push("merge", "root"))).toContain("plan.version-rewound");
  });

  it("PLN-27: of a root commit compares with nothing", async () => {
    ground.git(["push", "--quiet", "origin", ":refs/tags/v1.0.0"]);
    expect(pushOf(await push(zeros, "root"))).toMatchObject({ "compared-with": null, change: "changed" });
    ground.git(["push", "--quiet", "--tags", "origin"]);
  });
});

describe("PLN-32 F09: an audit on real git", () => {
  it("names versions without tags and tags that lie, and releases nothing", async () => {
    ground.git(["push", "--quiet", "origin", `${ids.bumped}:refs/tags/v9.0.0`]);
    const report = await plan({ mode: "audit" }, "last");
    expect(summary(report)).toMatchObject({ result: "pass", noRelease: true });
    expect(auditOf(report)).toMatchObject({
      "untagged-versions": [
        { version: "1.0.1", commit: ids.skipped },
        { version: "1.1.0", commit: ids.bumped },
        { version: "1.2.0", commit: ids.merge },
      ],
      "mismatched-tags": [{ tag: "v9.0.0", commit: ids.bumped, carries: "1.1.0" }],
      "lightweight-tags": ["v9.0.0"],
      "unreleased-tags": null,
    });
    expect(codesOf(report)).toEqual(
      expect.arrayContaining(["plan.audit-untagged", "plan.audit-tag-mismatch", "plan.audit-lightweight"]),
    );
    ground.git(["push", "--quiet", "origin", ":refs/tags/v9.0.0"]);
  });

  it("begins after the tag that is given", async () => {
    const report = await plan({ mode: "audit", "base-tag": "v1.0.0" }, "bumped");
    expect(auditOf(report)).toMatchObject({
      since: "v1.0.0",
      "untagged-versions": [{ version: "1.0.1" }, { version: "1.1.0" }],
    });
  });

  it("blocks where the tag after which it begins does not exist", async () => {
    const report = await plan({ mode: "audit", "base-tag": "v0.0.1" }, "bumped");
    expect(conclude(report.checks).result).toBe("fail");
    expect(codesOf(report)).toEqual(["plan.base-absent-remote"]);
  });

  it("names tags without a release where somebody can be asked", async () => {
    const report = await plan({ mode: "audit" }, "last", async () => new Set<string>());
    expect(auditOf(report)).toMatchObject({ "unreleased-tags": ["v1.0.0"] });
    expect(codesOf(report)).toContain("plan.audit-unreleased");
  });
});

function push(before: string, after: string): Promise<StageReport> {
  const released = async () => new Set(["v1.0.0", "v1.2.0"]);
  return plan({ mode: "push", before: ids[before] ?? before, after: ids[after] ?? after }, after, released);
}

function summary({ checks, noRelease, outputs }: StageReport) {
  return { result: conclude(checks).result, noRelease, "tag-state": outputs?.["tag-state"], tag: outputs?.tag };
}

function codesOf({ checks }: StageReport) {
  return checks.flatMap(({ code, result }) => (result === "fail" && code ? [code] : []));
}

function pushOf(report: StageReport): unknown {
  return attachment(report, "context.json").push;
}

function auditOf(report: StageReport): unknown {
  return attachment(report, "audit.json");
}

function attachment(report: StageReport, name: string) {
  const content = report.attachments?.find((file) => file.name === name)?.content;
  return JSON.parse(typeof content === "string" ? content : "{}");
}

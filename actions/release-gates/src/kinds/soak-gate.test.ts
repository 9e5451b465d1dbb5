import { describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const now = new Date("2026-01-15T12:00:00Z");
const daysAgo = (days: number) => Math.floor(now.getTime() / 1_000) - days * 86_400;
const listTags = `git -c safe.directory='*' for-each-ref --format='%(refname:strip=2) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end) %(creatordate:unix)' refs/tags`;
const compare = (sha: string) =>
  `git -c safe.directory='*' diff --no-renames --ignore-submodules=none --name-only -z ${sha} ${aSha()} --`;

async function judge(tags: string[], changed = "VERSION\0", listed = anExecution({ output: `${tags.join("\n")}\n` })) {
  const gate = { id: "soak", kind: "soak", "allowed-drift": ["VERSION", "docs/**"] };
  const lines = { [listTags]: listed, [compare(aSha("b"))]: anExecution({ output: changed }) };
  const { given, context, ports } = gateTrial(gate, { lines, now });
  const report = await releaseGates(given, context, ports);
  return { code: decidingCode(report.checks), result: conclude(report.checks).result, check: report.checks[0] };
}

const rc = (days: number, name = "v1.1.0-rc.2", digit = "b") => `${name} ${aSha(digit)} ${daysAgo(days)}`;

describe("GAT-62: the soak of a release candidate", () => {
  it("passes when the last one was in use for a week and only allowed paths have changed", async () => {
    const { result, check } = await judge([rc(30, "v1.1.0-rc.1", "c"), rc(7)], "VERSION\0docs/a/b.md\0");
    expect(result, check?.because).toBe("pass");
    expect(check?.evidence[0]).toContain("v1.1.0-rc.2");
  });

  it.each<[what: string, tags: string[], changed: string | undefined, code: string]>([
    ["there is none", [], undefined, "gates.soak-missing"],
    ["there is one of another version only", [rc(30, "v1.0.9-rc.1")], undefined, "gates.soak-missing"],
    ["there is a stable one only", [rc(30, "v1.1.0")], undefined, "gates.soak-missing"],
    [
      "the last one is a second too young",
      [`v1.1.0-rc.2 ${aSha("b")} ${daysAgo(7) + 1}`],
      undefined,
      "gates.soak-too-short",
    ],
    [
      "an older one is old enough and the last is not",
      [rc(30, "v1.1.0-rc.1", "c"), rc(1)],
      undefined,
      "gates.soak-too-short",
    ],
    ["its tag is of the future", [rc(-1)], undefined, "gates.soak-too-short"],
    ["something else has changed since", [rc(8)], "VERSION\0src/tide.js\0", "gates.rc-drift"],
  ])("fails when %s", async (_what, tags, changed, code) => {
    expect(await judge(tags, changed)).toMatchObject({ result: "fail", code });
  });

  it("is inconclusive when git cannot compare, or not list the tags whole", async () => {
    expect(await judge([rc(8, "v1.1.0-rc.2", "d")])).toMatchObject({ result: "inconclusive", code: "gates.rc-drift" });
    const cut = anExecution({ output: `${rc(8)}\n`, outputDigest: digestOfBytes("a list that was longer") });
    expect(await judge([], undefined, cut)).toMatchObject({ result: "inconclusive", code: "gates.soak-missing" });
    const broken = anExecution({ exit: 128 });
    expect(await judge([], undefined, broken)).toMatchObject({ result: "inconclusive", code: "gates.soak-missing" });
  });
});

import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import type { Commit } from "#src/ports/git-history";
import { aSha } from "#src/testing/builders";
import { listLimit, scaleOf, summariseCommits } from "./summarise-commits.ts";
import { bumpPolicy, versionPolicy } from "./testing/plan-facts.ts";

const home = { repository: "octo/tide", serverUrl: "https://git.example.org" };
const scale = scaleOf(
  { bump: bumpPolicy, labels: new Map(), changes: configSchema.parse({}).changes, version: versionPolicy, home },
  1n,
  undefined,
);

describe("the summary of the commits", () => {
  it("counts by class, and counts breaking changes and reverts", async () => {
    const messages = ["feat: a", "feat!: b", "fix: c", "Update", `Revert "a"\n\nThis reverts commit ${aSha("1")}.`];
    expect(await summariseCommits(history(messages), scale)).toMatchObject({
      total: 5,
      breaking: 1,
      reverts: 1,
      "by-class": { feat: 2, fix: 1, other: 1, revert: 1 },
    });
  });

  it("PLN-44: lists the newest thousand and counts the rest", async () => {
    const summary = await summariseCommits(
      history(Array.from({ length: listLimit + 1 }, (_, index) => `fix: ${index}`)),
      scale,
    );
    expect([summary.total, summary.listed.length]).toEqual([1_001, 1_000]);
    expect(summary.listed[0]?.subject).toBe("fix: 0");
  });

  it("cuts a subject that has no end", async () => {
    const { listed } = await summariseCommits(history(["x".repeat(10_000)]), scale);
    expect(listed[0]?.subject).toHaveLength(200);
  });
});

async function* history(messages: string[]): AsyncGenerator<Commit> {
  for (const message of messages) yield { sha: aSha(), parents: [], message };
}

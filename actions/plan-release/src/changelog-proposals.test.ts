import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StageReport } from "#src/domain/report";
import type { TagDates } from "#src/ports/tag-dates";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type FakeRepository, fakeLocalGit } from "#src/testing/fake-local-git";
import { gitGround } from "#src/testing/git-ground";
import { contract } from "./contract.ts";
import { planRelease } from "./plan-release.ts";

const one = aSha("1");
const two = aSha("2");
const begin = "# Changelog\n\n## [1.0.0] - 2025-12-31\n\n- Begin.\n";
const run = {
  repository: "octo/tide",
  serverUrl: "https://git.example.org",
  ref: "refs/heads/main",
  actor: "ada",
  sha: two,
  event: "workflow_dispatch",
};

describe("a plan whose changelog lacks the version", () => {
  it("PLN-60: hands a draft over, shows it, and still refuses", async () => {
    const report = await plan({ changelog: begin });
    expect(attachment(report, "draft.md")).toBe(
      "## [1.1.0] - 2026-01-01\n\n### Added\n\n- \\<tides\\> [#7](https://git.example.org/octo/tide/issues/7)\n",
    );
    expect(attachment(report, "notes.md")).toBe("");
    expect(report.summary).toContain("Draft of the missing section");
    expect(codesOf(report)).toContain("plan.changelog-section-missing");
  });

  it("PLN-60: drafts by the project's own classes and for its own tracker", async () => {
    const config = "changelog:\n  draft: { feat: Security }\n  issues-url: https://tracker.example.org/t/\n";
    const draft = attachment(await plan({ changelog: begin, config }), "draft.md");
    expect(draft).toContain("### Security\n\n- \\<tides\\> [#7](https://tracker.example.org/t/7)");
  });

  it("PLN-60: drafts as well where there is no file, and names the one that may be meant", async () => {
    const report = await plan({ files: { "changelog.md": begin } });
    expect(attachment(report, "draft.md")).toContain("## [1.1.0] - 2026-01-01");
    expect(report.checks.find(({ code }) => code === "plan.changelog-file-missing")?.because).toContain(
      "found changelog.md",
    );
  });

  it("PLN-51: finds a changelog that is spelled otherwise, wherever it should be", async () => {
    const report = await plan({ config: "changelog: { file: docs/notes.md }", files: { "docs/Notes.md": begin } });
    expect(report.checks.find(({ code }) => code === "plan.changelog-file-missing")?.because).toContain(
      "found docs/Notes.md",
    );
  });

  it("PLN-52: hands a patch over that git applies, where notes wait under Unreleased", async () => {
    const waiting = begin.replace("## [1.0.0]", "## [Unreleased]\n\n- Tides.\n\n## [1.0.0]");
    const report = await plan({ changelog: waiting });
    expect(codesOf(report)).toEqual(["plan.changelog-section-missing", "plan.changelog-not-finalized"]);
    expect(report.summary).toContain("```diff");

    const ground = gitGround();
    ground.commit("docs: more", { "CHANGELOG.md": waiting });
    writeFileSync(join(ground.root, "finalize.patch"), attachment(report, "finalize.patch"));
    ground.git(["apply", "--index", join(ground.root, "finalize.patch")]);
    const finished = `${ground.git(["show", ":CHANGELOG.md"])}\n`;
    ground.remove();
    expect(finished).toContain("## [Unreleased]\n\n## [1.1.0] - 2026-01-01\n\n- Tides.\n");
    expect(codesOf(await plan({ changelog: finished }))).toEqual([]);
  });
});

describe("a plan whose changelog has the version", () => {
  const described = begin.replace("## [1.0.0]", "## [1.1.0] - 2026-01-01\n\n- Tides.\n\n## [1.0.0]");

  it("PLN-51: hands the notes over, and neither draft nor patch", async () => {
    const report = await plan({ changelog: described });
    expect(report.attachments?.map(({ name }) => name)).toEqual([
      "config.json",
      "context.json",
      "notes.md",
      "risk.json",
    ]);
    expect(attachment(report, "notes.md")).toBe("- Tides.\n");
  });

  it("PLN-56: reads what earlier versions said from the base", async () => {
    expect(codesOf(await plan({ changelog: described.replace("Begin.", "Begin!") }))).toEqual([
      "plan.changelog-history-edited",
    ]);
  });

  it("PLN-55 F27: is held against the day of the tag that is on the commit, and of no other", async () => {
    const config = "changelog:\n  date-rule: release-day\n";
    const tags = new Map([
      ["v1.0.0", one],
      ["v1.1.0", two],
    ]);
    const late = { find: async () => ({ commit: two, date: "2026-01-03T00:00:00Z" }) };
    const stale = { find: async () => ({ commit: one, date: "2026-01-03T00:00:00Z" }) };
    expect(codesOf(await plan({ changelog: described, config, tags, tagDates: late }))).toEqual([
      "plan.changelog-date-mismatch",
    ]);
    expect(codesOf(await plan({ changelog: described, config, tags, tagDates: stale }))).toEqual([]);
  });
});

interface Situation {
  changelog?: string;
  files?: Record<string, string>;
  config?: string;
  tags?: Map<string, string>;
  tagDates?: TagDates;
}

function plan({ changelog, files = {}, config = "{}", tags, tagDates }: Situation): Promise<StageReport> {
  const held = (version: string, text: string | undefined) => ({
    ".github/seaworthy.yml": config,
    "package.json": JSON.stringify({ name: "tide", version }),
    ...(text === undefined ? {} : { "CHANGELOG.md": text }),
  });
  const repository: FakeRepository = {
    checkout: { head: two, shallow: false, dirty: [] },
    commits: [
      { sha: one, parents: [], message: "feat: begin", files: held("1.0.0", begin) },
      {
        sha: two,
        parents: [one],
        message: "feat: <tides>\n\nCloses #7",
        files: { ...held("1.1.0", changelog), ...files },
      },
    ],
  };
  return planRelease(contract.inputs.parse({ "github-token": "t" }), run, {
    local: fakeLocalGit(repository),
    remote: {
      refs: async () => ({ known: true, heads: new Map([["main", two]]), tags: tags ?? new Map([["v1.0.0", one]]) }),
    },
    pushEvent: () => undefined,
    issues: new FakeLinkedIssues(),
    tagDates: tagDates ?? { find: async () => undefined },
    clock: fakeClock(),
  });
}

function codesOf({ checks }: StageReport): string[] {
  return checks
    .filter(({ id, result }) => id.startsWith("changelog-") && result !== "pass")
    .flatMap(({ code }) => code ?? []);
}

function attachment({ attachments = [] }: StageReport, name: string): string {
  const content = attachments.find((file) => file.name === name)?.content;
  return typeof content === "string" ? content : "";
}

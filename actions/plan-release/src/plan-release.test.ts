import { describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import { localTagDates } from "#src/adapters/tag-dates";
import { configSchema } from "#src/contract/config/schema";
import { digestOf } from "#src/domain/digest";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type FakeRepository, fakeLocalGit } from "#src/testing/fake-local-git";
import { gitGround } from "#src/testing/git-ground";
import { contract } from "./contract.ts";
import { type Given, planRelease } from "./plan-release.ts";

const one = aSha("1");
const two = aSha("2");
const config =
  "gates:\n  - { id: lint, kind: command, run: npm run lint }\n  - { id: ci, kind: checks, checks: [test] }\n";
const first = "## [1.0.0] - 2025-12-31\n\n- Begin.\n";
const filesOf = (version: string) => ({
  ".github/seaworthy.yml": config,
  "package.json": JSON.stringify({ name: "tide", version }),
  "package-lock.json": JSON.stringify({ lockfileVersion: 3, version, packages: { "": { version } } }),
  "CHANGELOG.md": `# Changelog\n\n## [Unreleased]\n\n${version === "1.0.0" ? "" : `## [${version}] - 2026-01-01\n\n- Tides @all.\n\n`}${first}`,
});
const history = [
  { sha: one, parents: [], message: "feat: begin", files: filesOf("1.0.0") },
  { sha: two, parents: [one], message: "feat!: tides <b>", files: filesOf("1.1.0") },
];
const repository: FakeRepository = {
  checkout: { head: two, shallow: false, dirty: [] },
  commits: [...history],
};
const run = {
  repository: "octo/tide",
  serverUrl: "https://git.example.org",
  ref: "refs/heads/main",
  actor: "ada",
  sha: two,
  event: "push",
};
const released: RemoteRefs = { known: true, heads: new Map([["main", two]]), tags: new Map([["v1.0.0", one]]) };

describe("a plan", () => {
  it("passes, and names tag, version, commit, base and gates", async () => {
    const report = await plan({});
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.outputs).toEqual({
      tag: "v1.1.0",
      version: "1.1.0",
      sha: two,
      base: "v1.0.0",
      gates: '["lint","ci"]',
      "gates-with-history": "[]",
      "job-minutes": JSON.stringify({
        gates: [
          { gate: "lint", minutes: 40 },
          { gate: "ci", minutes: 10 },
        ],
        approval: 10,
        tag: 10,
      }),
      "risk-level": "high",
      strategy: "",
      tiers: "[]",
      "tag-state": "absent",
    });
    expect(report.release).toEqual({
      repository: "octo/tide",
      component: "default",
      tag: "v1.1.0",
      version: "1.1.0",
      sha: two,
      base: "v1.0.0",
      mode: "live",
    });
  });

  it("PLN-10: freezes the preset with what the file changes of it, and starts no leg for what is switched off", async () => {
    const text =
      "preset: small-project\ngates:\n  - { id: tests, run: npm test }\n  - { id: ci, kind: not-applicable, reason: there is no CI yet }\n  - { id: speed, kind: benchmark, run: time it, key: [name], value: ms }\n";
    const files = { ...filesOf("1.1.0"), ".github/seaworthy.yml": text };
    const report = await plan({
      repository: {
        ...repository,
        commits: history.map((commit) => (commit.sha === two ? { ...commit, files } : commit)),
      },
    });
    const frozen = configSchema.parse(JSON.parse(attachment(report, "config.json")));
    expect(frozen.preset).toBe("small-project");
    expect(frozen.gates.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      "tests command",
      "ci not-applicable",
      "speed benchmark",
    ]);
    expect(digestOf(frozen)).toBe(report.policy);
    expect(report.outputs?.gates).toBe('["tests","speed"]');
    expect(report.outputs?.["gates-with-history"]).toBe('["speed"]');
    expect(JSON.parse(report.outputs?.["job-minutes"] ?? "")).toMatchObject({
      gates: [{ gate: "tests", minutes: 25 }, { gate: "speed" }],
      tag: 10,
    });
  });

  it("PLN-10: freezes the configuration, whose digest is the policy", async () => {
    const report = await plan({});
    const frozen = configSchema.parse(JSON.parse(attachment(report, "config.json")));
    expect(digestOf(frozen)).toBe(report.policy);
    expect(frozen.gates.map(({ id }) => id)).toEqual(["lint", "ci"]);
  });

  it("PLN-51: attaches the version's notes", async () => {
    expect(attachment(await plan({}), "notes.md")).toBe("- Tides @all.\n");
  });

  it("PLN-09: records who, where, which values and what changed", async () => {
    const report = await plan({ given: { environment: "production" } });
    expect(JSON.parse(attachment(report, "context.json"))).toMatchObject({
      schema: "seaworthy-context/1",
      operator: "ada",
      environment: "production",
      "version-class": "stable",
      run: { event: "push", ref: "refs/heads/main", sha: two },
      sources: [
        { file: "package.json", place: "version", kind: "value", text: "1.1.0" },
        { file: "package-lock.json", place: "version", text: "1.1.0" },
        { file: "package-lock.json", place: 'packages[""].version', text: "1.1.0" },
      ],
      commits: {
        total: 1,
        breaking: 1,
        "by-class": { feat: 1 },
        listed: 1,
        "left-out": 0,
        list: [{ sha: two, class: "feat" }],
      },
    });
  });

  it("is the same in a rehearsal, but for the mode", async () => {
    const [live, rehearsed] = await Promise.all([plan({}), plan({ given: { "release-mode": "rehearsal" } })]);
    expect({ ...rehearsed.release, mode: "live" }).toEqual(live.release);
    expect(rehearsed.checks).toEqual(live.checks);
    expect(rehearsed.outputs).toEqual(live.outputs);
  });

  it("shows untrusted text harmlessly in the summary", async () => {
    const { summary = "" } = await plan({});
    expect(summary).toContain("feat\\!: tides &lt;b&gt;");
    expect(summary).not.toContain("<b>");
  });
});

describe("a plan that is refused", () => {
  it("keeps its outputs closed, still hands its evidence over, and says what to do", async () => {
    const report = await plan({ repository: { ...repository, checkout: { head: two, shallow: true, dirty: ["x"] } } });
    expect(conclude(report.checks)).toEqual({ result: "fail", decidedBy: ["tree-clean"] });
    expect(report.outputs).toEqual({ "tag-state": "absent" });
    expect(report.attachments?.map(({ name }) => name)).toEqual([
      "config.json",
      "context.json",
      "notes.md",
      "risk.json",
    ]);
    expect(report.next).toMatch(/Commit, remove or ignore/);
  });

  it("reports every refusal at once", async () => {
    const { checks } = await plan({
      given: { operator: "a b", tag: "v9.9.9" },
      remote: { known: false, because: "down" },
    });
    const codes = checks.flatMap(({ code }) => code ?? []);
    expect(codes).toEqual(
      expect.arrayContaining(["plan.operator-invalid", "plan.target-invalid", "plan.remote-unknown"]),
    );
  });

  it("PLN-03: never counts an unknown remote as one without tags", async () => {
    const { checks, outputs } = await plan({ remote: { known: false, because: "could not resolve host" } });
    expect(conclude(checks).result).toBe("inconclusive");
    expect(outputs).toEqual({ "tag-state": "unknown" });
  });

  it("PLN-44: does not count commits from a base that the checkout does not hold", async () => {
    const remote: RemoteRefs = { ...released, tags: new Map([["v1.0.0", aSha("9")]]) };
    const { checks } = await plan({ remote });
    expect(checks.find(({ id }) => id === "commits")).toMatchObject({
      result: "inconclusive",
      code: "plan.history-truncated",
    });
  });

  it("fails before anything else on a configuration that is not there", async () => {
    await expect(plan({ given: { config: "other.yml" } })).rejects.toMatchObject({ code: "all.config-invalid" });
  });
});

describe("a landing without a version change", () => {
  const three = aSha("3");
  const landed: FakeRepository = {
    checkout: { head: three, shallow: false, dirty: [] },
    commits: [...repository.commits, { sha: three, parents: [two], message: "docs: more", files: filesOf("1.1.0") }],
  };
  const remote: RemoteRefs = { ...released, heads: new Map([["main", three]]), tags: new Map([["v1.1.0", two]]) };

  it("PLN-28: ends green without a release, and with a plan that no later stage can take for one", async () => {
    const report = await plan({ repository: landed, remote, run: { sha: three } });
    expect(report).toMatchObject({
      noRelease: true,
      outputs: { "tag-state": "elsewhere" },
      release: { tag: null, version: "1.1.0", base: "v1.1.0" },
    });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.next).toBe(
      "Nothing: 1.1.0 is released as v1.1.0. Raise the version to release again, such as to 1.1.1.",
    );
  });

  it("F03: is none where the tagged commit holds another version", async () => {
    const wrong: RemoteRefs = {
      ...remote,
      tags: new Map([
        ["v1.1.0", one],
        ["v1.0.0", one],
      ]),
    };
    const report = await plan({ repository: landed, remote: wrong, run: { sha: three } });
    expect(report.noRelease).toBe(false);
    expect(report.checks.find(({ id }) => id === "tag-free")).toMatchObject({
      code: "plan.tag-on-other-commit",
      required: false,
    });
  });
});

describe("a plan on real git", () => {
  it("passes from a clone with its remote, and again once the tag is there", async () => {
    const ground = gitGround();
    ground.commit("feat: begin", filesOf("1.0.0"));
    ground.git(["tag", "-a", "v1.0.0", "-m", "v1.0.0"]);
    const sha = ground.commit("feat: tides", filesOf("1.1.0"));
    ground.git(["push", "--quiet", "--tags", "origin", "main"]);
    const remote = { serverUrl: ground.serverUrl, repository: "octo/tide", token: "t", temp: ground.root };
    const ports = {
      local: localGit({ ...remote, workspace: ground.work }),
      remote: remoteRepository(remote, systemClock),
      pushEvent: () => undefined,
      issues: new FakeLinkedIssues(),
      tagDates: localTagDates(ground.work),
      clock: systemClock,
    };
    const attempt = () => planRelease(givenWith({}), { ...run, sha }, ports);

    const first = await attempt();
    ground.git(["push", "--quiet", "origin", `${sha}:refs/tags/v1.1.0`]);
    const second = await attempt();
    ground.remove();
    expect(first.outputs).toMatchObject({ tag: "v1.1.0", sha, base: "v1.0.0" });
    expect(second.outputs).toEqual({ ...first.outputs, "tag-state": "present" });
    expect(conclude(second.checks).result).toBe("pass");
  });
});

interface Changes {
  given?: Record<string, string>;
  repository?: FakeRepository;
  remote?: RemoteRefs | RemoteSilence;
  run?: { sha: string };
  event?: unknown;
}

function plan(changes: Changes): Promise<StageReport> {
  return planRelease(
    givenWith(changes.given ?? {}),
    { ...run, ...changes.run },
    {
      local: fakeLocalGit(changes.repository ?? repository),
      remote: { refs: async () => changes.remote ?? released },
      pushEvent: () => changes.event,
      released: async () => new Set(["v1.0.0", "v1.1.0"]),
      issues: new FakeLinkedIssues(),
      tagDates: { find: async () => undefined },
      clock: fakeClock(),
    },
  );
}

function givenWith(given: Record<string, string>): Given {
  return contract.inputs.parse({ "github-token": "t", ...given });
}

function attachment(report: StageReport, name: string): string {
  const content = report.attachments?.find((file) => file.name === name)?.content;
  return typeof content === "string" ? content : "";
}

import { afterEach, describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import type { RulesetReport } from "../../rehearsal/github/recording.ts";
import { commitFile } from "../../rehearsal/github/testing.ts";
import { aTagGround, type TagGround, tokenWith } from "./tag-ground.ts";

let ground: TagGround;

afterEach(() => ground.close());

const next = { mode: "dispatch", workflow: "release.yml", inputs: { tag: "{tag}" } };
const restricted: RulesetReport = {
  name: "release tags",
  target: "tag",
  include: ["refs/tags/v*"],
  rules: [{ type: "creation" }],
};
const runsOn = async (ref: string) => {
  const { body } = await ground.ask("GET", `/repos/acme/rocket/actions/runs?branch=${ref}`);
  return body;
};

describe("a release that is dispatched on its tag", () => {
  it("TAG-04 TAG-08 TAG-10 TAG-11 TAG-18 F01 F06: tags, starts one run, sees it, and lets the branch follow", async () => {
    ground = await aTagGround();
    await ground.git("push", "-q", ground.gitDir, `${ground.first}:refs/heads/v1`);
    const report = await ground.sit({ next, "floating-major": "branch" });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(await ground.git("ls-remote", ground.gitDir, "refs/tags/v1.1.0^{}", "refs/heads/v1")).toBe(
      `${ground.head}\trefs/heads/v1\n${ground.head}\trefs/tags/v1.1.0^{}`,
    );
    const runs = await runsOn("v1.1.0");
    expect(runs).toMatchObject({
      total_count: 1,
      workflow_runs: [{ head_sha: ground.head, event: "workflow_dispatch" }],
    });
    expect(report.outputs).toMatchObject({
      state: "created",
      next: "started",
      "run-id": expect.stringMatching(/^\d+$/),
    });
    const writes = ground.journalled().filter(({ route }) => /^git\/(create|get)-(tag|ref)$/.test(route ?? ""));
    expect(writes.length).toBe(3);
    expect(ground.github.problems()).toEqual([]);
  });

  it("TAG-03 TAG-10 F49: carries a name that would end a text of JSON or a command, character by character", async () => {
    const name = `v1.1.0",$(id)'&<#;\`id\``;
    const sent: unknown[] = [];
    ground = await aTagGround();
    ground.github.onDispatch(({ ref, inputs }) => void sent.push({ ref, inputs }));
    const report = await ground.sit({ next }, { pattern: name.replace("1.1.0", "{version}") });
    expect(decidingCode(report.checks), JSON.stringify(report.checks)).toBeUndefined();
    expect(await ground.git("ls-remote", ground.gitDir, "refs/tags/*")).toContain(`refs/tags/${name}^{}`);
    expect(sent).toMatchObject([{ ref: `refs/tags/${name}`, inputs: { tag: name } }]);
    expect(report.effects?.[1]?.wanted).toBe(`one run on ${ground.head} with ${JSON.stringify({ tag: name })}`);
    expect(ground.github.problems()).toEqual([]);
  });

  it("TAG-04 TAG-08: a lightweight tag takes one request, and is a bare ref", async () => {
    ground = await aTagGround();
    const report = await ground.sit({ kind: "lightweight" });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(await ground.git("ls-remote", ground.gitDir, "refs/tags/v1.1.0*")).toBe(`${ground.head}\trefs/tags/v1.1.0`);
    expect(ground.journalled().filter(({ route }) => !route?.startsWith("git/git-"))).toHaveLength(1);
  });

  it("ALL-05: rehearsed, writes nothing to the server", async () => {
    ground = await aTagGround();
    const before = JSON.stringify(await ground.github.snapshot());
    const report = await ground.sit({ next, "floating-major": "branch" }, { mode: "rehearsal" });
    expect(report.effects?.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      "tag planned",
      "dispatch planned",
      "branch planned",
    ]);
    expect(JSON.stringify(await ground.github.snapshot())).toBe(before);
  });

  it("TAG-10: names GitHub's reason where the workflow refuses its inputs, and the rerun starts it", async () => {
    ground = await aTagGround();
    const refused = await ground.sit({ next: { ...next, inputs: {} } });
    expect(decidingCode(refused.checks)).toBe("tag.dispatch-failed");
    expect(refused.checks.at(-1)?.because).toContain("Required input 'tag' not provided");
    const report = await ground.sit({ next });
    expect(report.outputs).toMatchObject({ state: "already", next: "started" });
    expect(await runsOn("v1.1.0")).toMatchObject({ total_count: 1 });
  });

  it("TAG-10: a workflow that is not there blocks before the tag is written", async () => {
    ground = await aTagGround();
    const sitting = ground.sit({ next: { ...next, workflow: "ship.yml" } });
    await expect(sitting).rejects.toMatchObject({ code: "tag.dispatch-failed" });
    expect(await ground.git("ls-remote", ground.gitDir, "refs/tags/*")).toBe("");
  });

  it("TAG-13: a run that fails is followed to its failed job and the end of its log", async () => {
    ground = await aTagGround();
    const { github } = ground;
    github.onDispatch(({ runId, path, sha: headSha, event }) => {
      const ended = { status: "completed", conclusion: "failure" } as const;
      github.recordRun({ id: runId ?? 0, path, headSha, event, ...ended });
      const step = { number: 1, name: "upload", startedAt: null, completedAt: null, ...ended };
      const log = "npm notice\nnpm error code E403\n";
      github.recordJob({ runId: runId ?? 0, name: "publish", steps: [step], log, ...ended });
    });
    const report = await ground.sit({ next: { ...next, follow: true } });
    expect(decidingCode(report.checks)).toBe("tag.downstream-failed");
    expect(report.checks.at(-1)?.because).toContain("publish (upload)");
    expect(report.summary).toContain("npm error code E403");
    expect(github.problems()).toEqual([]);
  });
});

describe("a tag that is protected", () => {
  it.each(["annotated", "lightweight"])("TAG-08: by a ruleset, is named so (%s)", async (kind) => {
    ground = await aTagGround({ rulesets: [restricted] });
    const report = await ground.sit({ kind, next });
    expect(decidingCode(report.checks)).toBe("tag.rule-forbids");
    expect(report.checks.find(({ id }) => id === "tag")?.because).toContain("creations being restricted");
    expect(await runsOn("v1.1.0")).toMatchObject({ total_count: 0 });
  });

  it("TAG-08: by an immutable release that had it before, is named so", async () => {
    ground = await aTagGround({ immutableReleases: true, rulesets: [] });
    const body = { tag_name: "v1.1.0", target_commitish: ground.head, name: "v1.1.0" };
    await ground.ask("POST", "/repos/acme/rocket/releases", { body });
    await ground.git("--git-dir", ground.gitDir, "update-ref", "-d", "refs/tags/v1.1.0");
    const report = await ground.sit({});
    expect(decidingCode(report.checks)).toBe("tag.name-burnt");
    expect(report.checks.find(({ id }) => id === "tag")?.because).toContain("an immutable release must have had");
  });

  it.each([
    ["contents: write", { contents: "read" }, {}],
    ["actions: write", { actions: "read" }, { next }],
  ] as const)("TAG-01: a token without `%s` is told so", async (scope, lacking, config) => {
    ground = await aTagGround();
    const report = await ground.sit(config, { token: tokenWith(ground.github, lacking) });
    expect(decidingCode(report.checks)).toBe("tag.permission-missing");
    expect(report.checks.find(({ result }) => result !== "pass")?.because).toContain(scope);
  });

  it("TAG-01: a token without any of `actions` blocks before anything is written", async () => {
    ground = await aTagGround();
    const sitting = ground.sit({ next }, { token: tokenWith(ground.github, { actions: "none" }) });
    await expect(sitting).rejects.toMatchObject({ code: "tag.permission-missing", message: /`actions: (read|write)`/ });
    expect(await ground.git("ls-remote", ground.gitDir, "refs/tags/*")).toBe("");
  });
});

describe("the branch of the major version", () => {
  it("is not moved where it has diverged; the tag is not written, and nothing is forced", async () => {
    ground = await aTagGround();
    await ground.git("checkout", "-q", "--detach", ground.first);
    const stray = await commitFile(ground.work, { path: "stray.txt", text: "x", message: "Stray" });
    await ground.git("push", "-q", ground.gitDir, `${stray}:refs/heads/v1`);
    const report = await ground.sit({ "floating-major": "branch" });
    expect(decidingCode(report.checks)).toBe("tag.branch-diverged");
    expect(await ground.git("ls-remote", ground.gitDir, "refs/heads/v1", "refs/tags/*")).toBe(
      `${stray}\trefs/heads/v1`,
    );
  });

  it("is not moved where it shares no commit with the release", async () => {
    ground = await aTagGround();
    const stray = await ground.git("commit-tree", `${ground.head}^{tree}`, "-m", "Stray");
    await ground.git("push", "-q", ground.gitDir, `${stray}:refs/heads/v1`);
    const report = await ground.sit({ "floating-major": "branch" });
    expect(decidingCode(report.checks)).toBe("tag.branch-diverged");
  });

  it("is refused by GitHub itself where it diverges between the look and the move", async () => {
    ground = await aTagGround();
    await ground.git("push", "-q", ground.gitDir, `${ground.head}:refs/heads/v1`);
    const { gitBranchPointer } = await import("#src/adapters/git-branch-pointer");
    const { apiUrl: serverUrl } = ground.github;
    const pointer = gitBranchPointer({ repository: "acme/rocket", serverUrl, temp: ground.temp, token: ground.write });
    const move = await pointer.advance({ branch: "v1", from: ground.head, to: ground.first });
    expect(move).toMatchObject({ outcome: "refused", code: "tag.branch-diverged" });
  });
});

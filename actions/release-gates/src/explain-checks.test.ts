import { describe, expect, it } from "vitest";
import { judgeChecks } from "#src/domain/required-checks";
import { aSha } from "#src/testing/builders";
import { aCheckRun } from "#src/testing/fake-check-runs";
import { type CommitClues, explainChecks } from "./explain-checks.ts";
import { readWorkflow, type Workflow } from "./topology/workflow.ts";

const person = "Ada\nada@example.com\nGitHub\nnoreply@github.com\n";

function aWorkflow(file: string, text: string): Workflow {
  const read = readWorkflow(`.github/workflows/${file}`, text);
  if ("broken" in read) throw new Error(read.broken);
  return read;
}

const job = (id: string) => `jobs: { ${id}: { steps: [] } }\n`;
const pushed = aWorkflow("ci.yml", `on: push\n${job("test")}`);
const startable = aWorkflow("ci.yml", `on: [push, workflow_dispatch]\n${job("test")}`);
const nightly = aWorkflow("nightly.yml", `on: schedule\n${job("test")}`);

function explain(clues: Partial<CommitClues>, runs = [aCheckRun({ name: "lint" })], legs: string[] = []) {
  const names = legs.length > 0 ? legs : ["test"];
  const all = {
    workflows: [startable],
    written: `${person}feat: tides\n`,
    branch: "main",
    repository: "octo/tide",
    ...clues,
  };
  return explainChecks(judgeChecks(names, runs, aSha()), legs, all)[0];
}

describe("GAT-13 F13: a check that never ran", () => {
  it.each([
    ["a marker in the subject", `${person}docs: tides [skip ci]\n`, "the commit's message says [skip ci]"],
    ["a marker in the body", `${person}docs: tides\n\n[no ci]\n`, "the commit's message says [no ci]"],
    ["a trailer", `${person}docs: tides\n\n\nskip-checks: true\n`, "the commit's message says skip-checks: true"],
    [
      "a bot's merge",
      "merge[bot]\nmerge[bot]@users.noreply.github.com\nGitHub\nnoreply@github.com\nMerge #7\n",
      "the commit is of merge[bot], whose pushes start no workflow",
    ],
  ])("is explained by %s, with the command that repairs it", (_why, written, because) => {
    expect(explain({ written })).toMatchObject({
      result: "inconclusive",
      code: "gates.ci-suppressed",
      because: `never ran on this commit: ${because}; start it with \`gh workflow run ci.yml --repo octo/tide --ref main\``,
    });
  });

  it.each([
    ["the message only speaks of bots", { written: `${person}feat: name[bot]\n` }],
    ["git cannot tell", { written: undefined }],
  ])("is only missing where %s", (_why, clues) => {
    expect(explain(clues)).toMatchObject({ code: "gates.ci-no-run" });
  });

  it("says what is wanting where its workflow cannot be started", () => {
    expect(explain({ workflows: [pushed] })?.because).toContain("give ci.yml the event workflow_dispatch");
  });

  it("leaves alone what ran and failed", () => {
    const failed = [aCheckRun({ conclusion: "failure" })];
    expect(explain({ written: `${person}x [skip ci]` }, failed)).toMatchObject({ code: "gates.ci-failed" });
  });
});

describe("GAT-17: a check by whose name several workflows run", () => {
  it("proves none of them", () => {
    expect(explain({ workflows: [startable, nightly] }, [aCheckRun()])).toMatchObject({
      result: "inconclusive",
      code: "gates.ci-ambiguous",
      because: expect.stringContaining("ci.yml and nightly.yml"),
    });
  });

  it("passes where one makes it, or somebody else's service", () => {
    expect(explain({}, [aCheckRun()])?.result).toBe("pass");
    expect(explain({ workflows: [] }, [aCheckRun()])?.result).toBe("pass");
  });
});

describe("GAT-16: a declared leg", () => {
  it("that never ran makes the matrix incomplete", () => {
    expect(explain({}, [aCheckRun({ name: "test (3.12)" })], ["test (3.13)"])).toMatchObject({
      code: "gates.ci-matrix-incomplete",
    });
  });

  it("passes when it succeeded", () => {
    expect(explain({}, [aCheckRun({ name: "test (3.13)" })], ["test (3.13)"])?.result).toBe("pass");
  });
});

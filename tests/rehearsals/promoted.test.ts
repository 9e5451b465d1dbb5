import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildExampleRepository } from "../../rehearsal/example-history.ts";
import { faultNamed, titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { root } from "../root.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { expectMet } from "./endings.ts";

const example = ["--example", "ship-it-cli"];

describe("a promotion with its release", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    [live, planned] = await Promise.all([drive(aFolder(), example), drive(aFolder(), [...example, "--rehearsal"])]);
  });

  it("PRO-03 PRO-10: moves main to the tip of dev and ends Released", () => {
    expect(verdictIn(live.folder).verdict, live.output).toBe("Released");
    expect(live.code, live.output).toBe(0);
    expect(headsOf(live)).toMatchObject({ main: headsOf(live).dev });
  });

  it("TAG-10 TAG-11: starts the release on the tag by one dispatch, and the verdict is of that run", () => {
    expect(live.output).toContain("release.yml was dispatched on refs/tags/v1.1.0");
    expect(live.output).toContain("✓ release.yml: Conclude / What is the outcome?");
    expect(dispatchesOf(live)).toHaveLength(1);
  });

  it("PRO-06: moves main by one request, which does not force", () => {
    expect(movesOf(live)).toHaveLength(1);
  });

  it("ALL-05: planned in a rehearsal moves nothing and has the digest of the live plan", () => {
    expect(planned.code, planned.output).toBe(0);
    expect(planned.output).toContain("every server is as it was before");
    expect(dispatchesOf(planned)).toEqual([]);
    expect(verdictIn(planned.folder).outcome).toBe("no-release");
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });
});

describe.concurrent("a promotion that is refused", () => {
  it.each(titledFaults("ship-it-cli"))("%s", async (_title, fault) => {
    const { name, expected } = fault;
    const ended = await drive(aFolder(), ["--fault", name]);
    expectMet(fault, ended.folder);
    expect(ended.output).toContain(`Verdict: ${expected.verdict}${expected.reason && ` (${expected.reason})`}\n`);
    expect(ended.code, ended.output).toBe(expected.verdict === "no-release" ? 0 : 1);
    expect(ended.output).not.toMatch(/[✓✗] Prepare \//);
    expect(movesOf(ended)).toEqual([]);
  });
});

it("PRO-09 ALL-05: a promotion that a person is to merge, rehearsed, opens no pull request", async () => {
  const ended = await drive(aFolder(), ["--fault", "promotion-by-people", "--rehearsal"]);
  expect(ended.output).toContain("waits for a person, so no release began");
  expect(ended.output).toContain("every server is as it was before");
  expect(ended.code, ended.output).toBe(0);
  expect(readFileSync(join(ended.folder, "requests.jsonl"), "utf8")).not.toContain('"pulls/create"');
});

it("PRO-03: a checkout of one's own is promoted to where its remote has main, with the checks assumed and said to be", async () => {
  const folder = aFolder();
  const checkout = await aCheckout(folder);
  const ended = await drive(folder, ["--repo", checkout, "--workflow", ".github/workflows/ship-it.yml"]);
  expect(ended.output).toContain("assumed: check test passed");
  expect(verdictIn(ended.folder).verdict, ended.output).toBe("Released");
  expect(headsOf(ended)).toMatchObject({ main: headsOf(ended).dev });
});

it("PRO-07: a machine that vanishes right after main was moved leaves no verdict, and --resume converges to Released", async () => {
  const folder = aFolder();
  const lost = await drive(folder, ["--fault", "killed-after-promotion"]);
  expect(lost.output).toContain("Verdict: lost");
  expect(lost.code).toBe(1);
  expectMet(faultNamed("killed-after-promotion"), lost.folder);

  const resumed = await drive(folder, ["--resume"]);
  expect(verdictIn(resumed.folder).verdict, resumed.output).toBe("Released");
  expect(resumed.code, resumed.output).toBe(0);
  expect(movesOf(resumed)).toHaveLength(1);
  expect(dispatchesOf(resumed)).toHaveLength(1);
});

it("TAG-10: a gate that fails after the promotion ends Aborted in the run that promoted, and no release is started", async () => {
  const folder = aFolder();
  const checkout = await aCheckout(folder);
  writeFileSync(join(checkout, "test/run.sh"), "#!/bin/sh\nexit 3\n");
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  execFileSync("git", ["-C", checkout, ...person, "commit", "--quiet", "--all", "--message", "test: sink"]);
  const ended = await drive(folder, ["--repo", checkout, "--workflow", ".github/workflows/ship-it.yml"]);
  expect(verdictIn(ended.folder), ended.output).toMatchObject({
    verdict: "Aborted",
    reason: { code: "gates.failed" },
  });
  expect(ended.output).toContain("✗ Conclude / What is the outcome?");
  expect(ended.code, ended.output).toBe(1);
  expect(dispatchesOf(ended)).toEqual([]);
});

/** Clones the example as a user has it, on the branch that is promoted. */
async function aCheckout(folder: string): Promise<string> {
  const [bare, checkout] = [join(folder, "origin.git"), join(folder, "checkout")];
  const { branch } = await buildExampleRepository(join(root, "examples/ship-it-cli"), bare);
  execFileSync("git", ["clone", "--quiet", "--branch", branch, bare, checkout]);
  return checkout;
}

function headsOf({ folder }: Ending): Record<string, string> {
  const format = "--format=%(refname:strip=2) %(objectname)";
  const rows = execFileSync("git", ["-C", join(folder, "world/repository.git"), "for-each-ref", format, "refs/heads"], {
    encoding: "utf8",
  });
  return Object.fromEntries(
    rows
      .trim()
      .split("\n")
      .map((row) => row.split(" ")),
  );
}

/** Requests that moved a ref. */
function movesOf(ending: Ending): string[] {
  return journalOf(ending).filter((line) => line.includes('"git/update-ref"') && line.includes('"status":200'));
}

/** Requests that started a workflow, or were to. */
function dispatchesOf(ending: Ending): string[] {
  return journalOf(ending).filter((line) => line.includes('"actions/create-workflow-dispatch"'));
}

function journalOf({ folder }: Ending): string[] {
  return readFileSync(join(folder, "requests.jsonl"), "utf8").split("\n");
}

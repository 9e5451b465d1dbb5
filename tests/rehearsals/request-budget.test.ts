import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildExampleRepository } from "../../rehearsal/example-history.ts";
import { countRequests } from "../../rehearsal/request-counts.ts";
import { root } from "../root.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";

/** Requests to GitHub's API by stage, as the embedded GitHub counted them. */
type Counts = Record<string, number>;

describe("the API requests of a release", () => {
  let few: Counts;
  let many: Counts;

  beforeAll(async () => {
    few = await release(1);
    many = await release(100);
  });

  it("TAG-18: of the tag are four at most", () => {
    expect(many.tag).toBeGreaterThan(0);
    expect(many.tag).toBeLessThanOrEqual(4);
  });

  it("ALL-25: of plan, gates and tag are twelve at most, for a hundred commits", () => {
    expect(untilTag(many)).toBeGreaterThan(0);
    expect(untilTag(many)).toBeLessThanOrEqual(12);
  });

  it("ALL-25: of the whole release are fifteen at most, besides the bytes of its assets", () => {
    const whole = Object.values(many).reduce((sum, count) => sum + count, 0);
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThanOrEqual(15);
  });

  it("ALL-25: are as many for one commit as for a hundred, in every stage", () => {
    expect(many).toEqual(few);
  });
});

describe("the API requests of a release whose commits are held against their issues", () => {
  it("ALL-25 PLN-40: of plan, gates and tag are twelve at most, for a hundred commits of which each lacks its issue", async () => {
    const audited = await release(100, "\nissues: { audit: report }\n");
    const [pulls, named, filed] = [1, 1, 1];
    expect(audited.plan).toBeGreaterThanOrEqual(pulls + named + filed);
    expect(untilTag(audited)).toBeLessThanOrEqual(12);
  });
});

const stages = ["plan", "gate", "collect", "tag"];
const untilTag = (counts: Counts) => stages.reduce((sum, stage) => sum + (counts[stage] ?? 0), 0);

/** Rehearses a release of the example with so many commits on top, each with a message of its own, and more configuration. */
async function release(commits: number, configuration = ""): Promise<Counts> {
  const folder = aFolder();
  const [bare, checkout] = [join(folder, "origin.git"), join(folder, "checkout")];
  await buildExampleRepository(join(root, "examples/npm-package"), bare);
  const git = (...args: string[]) => execFileSync("git", ["-C", checkout, ...args], { stdio: "pipe" });
  execFileSync("git", ["clone", "--quiet", bare, checkout]);
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  appendFileSync(join(checkout, ".github/seaworthy.yml"), configuration);
  if (configuration !== "") git(...person, "commit", "--quiet", "--all", "--message", "ci: configure");
  for (let number = 1; number <= commits; number += 1)
    git(...person, "commit", "--quiet", "--allow-empty", "--message", `fix: leak ${number} (#${number})`);
  git("push", "--quiet", "origin", "HEAD:main");
  const ended = await drive(folder, ["--repo", checkout, "--workflow", ".github/workflows/release.yml"]);
  expect(verdictIn(ended.folder).verdict, ended.output).toBe("Released");
  const counts = countRequests(join(ended.folder, "requests.jsonl"));
  return Object.fromEntries(counts.filter(({ api }) => api > 0).map(({ stage, api }) => [stage, api]));
}

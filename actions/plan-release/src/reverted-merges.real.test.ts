import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { configSchema } from "#src/contract/config/schema";
import { readCommit } from "#src/domain/conventional-commit";
import { withoutReverted } from "#src/domain/reverted";
import { type GitGround, gitGround } from "#src/testing/git-ground";
import { scaleOf, summariseCommits } from "./summarise-commits.ts";
import { bumpPolicy, versionPolicy } from "./testing/plan-facts.ts";

const { changes } = configSchema.parse({});
const home = { repository: "octo/tide", serverUrl: "https://git.example.org" };
const scale = scaleOf({ bump: bumpPolicy, labels: new Map(), changes, version: versionPolicy, home }, 1n, undefined);

let ground: GitGround;
let base: string;

/** After the base: a fix on the main branch, and a merge that brought a feature and a breaking change. */
beforeEach(() => {
  ground = gitGround();
  base = ground.commit("chore: begin", { "a.txt": "a\n" });
  ground.git(["checkout", "-q", "-b", "side"]);
  ground.commit("feat: tides", { "tides.txt": "t\n" });
  ground.commit("feat!: drop the sun", { "sun.txt": "s\n" });
  ground.git(["checkout", "-q", "main"]);
  ground.commit("fix: leak", { "leak.txt": "l\n" });
  ground.git(["merge", "-q", "--no-ff", "-m", "Merge pull request #12 from ada/side\n\nTides", "side"]);
});

afterEach(() => ground.remove());

describe("PLN-24 PLN-60: what real git says of a merge that was reverted", () => {
  it("takes back all that it brought", async () => {
    ground.git(["revert", "--no-edit", "-m", "1", "HEAD"]);
    expect(await judged()).toEqual({ required: "patch", cancelled: 3, kept: ["fix: leak"] });
  });

  it("takes back all that it brought where the revert names it by a short reference", async () => {
    ground.git(["revert", "--no-edit", "--reference", "-m", "1", "HEAD"]);
    const message = ground.git(["log", "-1", "--format=%B"]).replace(/^.*\n/, "revert: the tides\n");
    ground.git(["commit", "-q", "--amend", "--file=-"], { input: message });
    expect(await judged()).toEqual({ required: "patch", cancelled: 3, kept: ["fix: leak"] });
  });

  it("takes back the main branch's own commits where the merged side is the one that stays", async () => {
    ground.git(["revert", "--no-edit", "-m", "2", "HEAD"]);
    const kept = ["feat!: drop the sun", "feat: tides"];
    expect(await judged()).toEqual({ required: "major", cancelled: 2, kept });
  });

  it("takes back nothing once the revert was reverted, and all again after the third", async () => {
    ground.git(["revert", "--no-edit", "-m", "1", "HEAD"]);
    ground.git(["revert", "--no-edit", "HEAD"]);
    const all = ["Merge pull request #12 from ada/side", "feat!: drop the sun", "feat: tides", "fix: leak"];
    expect(await judged()).toEqual({ required: "major", cancelled: 1, kept: all.sort() });
    ground.git(["revert", "--no-edit", "HEAD"]);
    expect(await judged()).toEqual({ required: "patch", cancelled: 4, kept: ["fix: leak"] });
  });

  it("keeps what another branch brought as well", async () => {
    ground.git(["checkout", "-q", "-b", "other", "side~1"]);
    ground.commit("fix: on top of the tides", { "more.txt": "m\n" });
    ground.git(["checkout", "-q", "main"]);
    ground.git(["revert", "--no-edit", "-m", "1", "HEAD"]);
    ground.git(["merge", "-q", "--no-ff", "-m", "Merge branch 'other'", "other"]);
    const kept = ["Merge branch 'other'", "fix: on top of the tides", "feat: tides", "fix: leak"];
    expect(await judged()).toEqual({ required: "minor", cancelled: 2, kept: kept.sort() });
  });

  it("lets a squashed change that takes a commit back stay breaking", async () => {
    const leak = ground.git(["rev-parse", "HEAD^1"]);
    ground.git(["revert", "--no-commit", leak]);
    ground.commit(
      `feat!: replace the pumps (#14)\n\n* Revert "fix: leak"\n\nThis reverts commit ${leak}.\n\n* feat: pumps`,
    );
    const { required, kept } = await judged();
    expect([required, kept.includes("feat!: replace the pumps (#14)"), kept.includes("fix: leak")]).toEqual([
      ...["major", true, false],
    ]);
  });
});

/** The decision, and what a draft and the audit of issues keep. */
async function judged() {
  const local = localGit({ workspace: ground.work, serverUrl: ground.serverUrl, token: "t" });
  const range = () => local.commitsSince(base, ground.git(["rev-parse", "HEAD"]));
  const { required, cancelled } = (await summariseCommits(range(), scale)).asked;
  const commits = [];
  for await (const { sha, parents, message } of range()) {
    const [subject = ""] = message.split("\n", 1);
    commits.push({ sha, parents, subject, ...readCommit(message, parents.length, home.repository) });
  }
  const kept = withoutReverted(commits).map(({ subject }) => subject);
  return { required, cancelled, kept: kept.sort() };
}

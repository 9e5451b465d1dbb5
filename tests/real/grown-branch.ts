import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import type { StageReport } from "#src/domain/report";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type GitGround, gitGround } from "#src/testing/git-ground";
import { contract } from "../../actions/plan-release/src/contract.ts";
import { planRelease } from "../../actions/plan-release/src/plan-release.ts";

/** A branch on real git, with the plan of any of its commits. */
export interface GrownBranch {
  ground: GitGround;
  /** Commits by what they are in it: root, skipped, bumped, after, inside, merge, moved and last. */
  ids: Record<string, string>;
  /** Plans at a commit by its name; `released` tells which tags have a release. */
  plan(
    given: Record<string, string>,
    commit: string,
    released?: () => Promise<ReadonlySet<string>>,
  ): Promise<StageReport>;
}

/** Grows a branch: 1.0.0 is released, then come two bumps in one push, a merge that bumps, a moved file, and docs. */
export function grownBranch(policy = ""): GrownBranch {
  const config = (file: string, former: string) =>
    `${policy}version:\n  first-release: true\n  sources:\n    - { kind: plain, file: ${file}, former: [${former}] }\nchangelog:\n  format: none\n`;
  const at = (version: string) => ({ ".github/seaworthy.yml": config("VERSION", ""), VERSION: `${version}\n` });
  const ground = gitGround();
  const ids: Record<string, string> = {};
  ids.root = ground.commit("feat: begin", at("1.0.0"));
  ground.git(["tag", "-a", "v1.0.0", "-m", "v1.0.0"]);
  ids.skipped = ground.commit("fix: leak", at("1.0.1"));
  ids.bumped = ground.commit("feat: tides", at("1.1.0"));
  ids.after = ground.commit("docs: words", { "README.md": "words" });
  ground.git(["checkout", "--quiet", "-b", "side"]);
  ids.inside = ground.commit("feat: moon", at("1.2.0"));
  ground.git(["checkout", "--quiet", "main"]);
  ground.git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side"]);
  ids.merge = ground.git(["rev-parse", "HEAD"]);
  ground.git(["mv", "VERSION", "NUMBER"]);
  ids.moved = ground.commit("refactor: move", { ".github/seaworthy.yml": config("NUMBER", "VERSION") });
  ids.last = ground.commit("docs: more", { "README.md": "more" });
  ground.git(["push", "--quiet", "--tags", "origin", "main"]);
  return {
    ground,
    ids,
    plan: (given, commit, released) => planAt(ground, { given, sha: ids[commit] ?? commit, released }),
  };
}

interface Question {
  given: Record<string, string>;
  sha: string;
  released: (() => Promise<ReadonlySet<string>>) | undefined;
}

function planAt(ground: GitGround, { given, sha, released }: Question): Promise<StageReport> {
  ground.git(["checkout", "--quiet", "--detach", sha]);
  const remote = { serverUrl: ground.serverUrl, repository: "octo/tide", token: "t", temp: ground.root };
  const run = { ...remote, ref: "refs/heads/main", actor: "ada", sha, event: "push" };
  return planRelease(contract.inputs.parse({ "github-token": "t", ...given }), run, {
    local: localGit({ ...remote, workspace: ground.work }),
    remote: remoteRepository(remote, systemClock),
    pushEvent: () => undefined,
    released,
    issues: new FakeLinkedIssues(),
    tagDates: { find: async () => undefined },
    clock: systemClock,
  });
}

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import { conclude } from "#src/domain/verdict";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { type GitGround, gitGround } from "#src/testing/git-ground";
import { contract } from "./contract.ts";
import { planRelease } from "./plan-release.ts";

const commits = 50_000;
const tags = 12_000;
const config =
  "version:\n  first-release: true\n  sources:\n    - { kind: plain, file: VERSION }\nchangelog:\n  format: none\n";
const versionOf = (index: number) => `${Math.floor(index / 1_000)}.${index % 1_000}.0`;

let ground: GitGround;
let head: string;

/** A branch of 50,000 commits: each of the first 12,000 is a tagged release; the rest are features that one version ends. */
beforeAll(() => {
  ground = gitGround();
  const bare = join(ground.root, "octo", "tide.git");
  ground.git(["fast-import", "--quiet"], { in: bare, input: [...history()].join("") });
  ground.git(["fetch", "--quiet", "--tags", "origin", "main"]);
  ground.git(["checkout", "--quiet", "--detach", "FETCH_HEAD"]);
  head = ground.git(["rev-parse", "HEAD"]);
});

afterAll(() => ground.remove());

describe("a history of 50,000 commits and 12,000 tags", () => {
  it("PLN-24 PLN-44: is planned with every commit counted, and a bounded part of it listed", async () => {
    const report = await plan({ "base-tag": `v${versionOf(0)}` });
    const { bump, commits: counted } = attachment(report.attachments, "context.json");
    expect(counted).toMatchObject({ total: commits - 1, listed: 1_000, breaking: 0 });
    expect(bump).toMatchObject({ required: "minor", declared: "major" });
    expect(bump.deciding).toHaveLength(20);
  });

  it("PLN-32: is audited, every tag against its commit", async () => {
    const report = await plan({ mode: "audit" });
    expect(conclude(report.checks).result).toBe("pass");
    const audit = attachment(report.attachments, "audit.json");
    expect(audit).toMatchObject({ tags, versions: tags + 1, "mismatched-tags": [], "unreadable-tags": [] });
    expect(audit["untagged-versions"]).toMatchObject([{ version: "99.0.0", commit: head }]);
  });
});

function* history(): Generator<string> {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const person = "committer Ada <ada@example.org> 1767225600 +0000\n";
  for (let index = 0; index < commits; index += 1) {
    yield `commit refs/heads/main\n${person}${data(index < tags ? `fix: leak ${index}` : `feat: wave ${index}`)}`;
    if (index === 0) yield `M 100644 inline .github/seaworthy.yml\n${data(config)}`;
    const version = index < tags ? versionOf(index) : index === commits - 1 ? "99.0.0" : undefined;
    if (version !== undefined) yield `M 100644 inline VERSION\n${data(`${version}\n`)}`;
    if (index < tags) yield `reset refs/tags/v${version}\nfrom refs/heads/main\n\n`;
  }
}

async function plan(given: Record<string, string>) {
  const remote = { serverUrl: ground.serverUrl, repository: "octo/tide", token: "t", temp: ground.root };
  const run = { ...remote, ref: "refs/heads/main", actor: "ada", sha: head, event: "push" };
  return planRelease(contract.inputs.parse({ "github-token": "t", ...given }), run, {
    local: localGit({ ...remote, workspace: ground.work }),
    remote: remoteRepository(remote, systemClock),
    pushEvent: () => undefined,
    issues: new FakeLinkedIssues(),
    tagDates: { find: async () => undefined },
    clock: systemClock,
  });
}

function attachment(attachments: { name: string; content: string | Uint8Array }[] = [], name: string) {
  const content = attachments.find((file) => file.name === name)?.content;
  return JSON.parse(typeof content === "string" ? content : "{}");
}

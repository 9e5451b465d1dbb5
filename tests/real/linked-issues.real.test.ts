import { Octokit } from "@octokit/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressText } from "#src/domain/issue-address";
import type { LinkedIssues } from "#src/ports/linked-issues";
import { aSha } from "#src/testing/builders";
import { anIssue, aPullRequest, FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { aGitHub, type Fixture } from "../../rehearsal/github/testing.ts";

const own = (number: number) => ({ repository: "acme/rocket", number });
const everything = { issues: "read", "pull-requests": "read", contents: "read" } as const;

let at: Fixture;
/** The client reads the server's address when it is loaded, so that all servers of this file stand at one. */
let port: number | undefined;

beforeEach(async () => {
  at = await aGitHub(port === undefined ? {} : { port });
  port = Number(new URL(at.github.apiUrl).port);
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.close();
});

/** An issue closed by the pull request that brought the head, another one that is open, and nothing else. */
const grounds: [name: string, of: () => Promise<LinkedIssues>][] = [
  ["GitHub's adapter", () => adapter()],
  ["the fake", async () => aFake()],
];

describe.each(grounds)("PLN-40: linked issues, as %s tells them", (_name, of) => {
  it("are found by commit: the pull requests that brought it, and none where nobody says so", async () => {
    tell();
    expect([...(await (await of()).pullRequestsOf([at.head, at.first]))]).toEqual([
      [at.head, { known: true, numbers: [2] }],
      [at.first, { known: true, numbers: [] }],
    ]);
  });

  it("are found by number: issues with what closed them, pull requests with what they close, and what is absent", async () => {
    tell();
    const found = await (await of()).find([own(1), own(2), own(3), own(4), own(99_999_999_999)]);
    expect(Object.fromEntries(found)).toMatchObject({
      "acme/rocket#1": {
        kind: "issue",
        number: 1,
        open: false,
        labels: ["bug"],
        closer: "#2",
        title: "Leak",
        body: "It leaks.",
      },
      "acme/rocket#2": { kind: "pull-request", number: 2, head: "topic", closes: [own(1)], labels: [] },
      "acme/rocket#3": { kind: "issue", number: 3, open: true, closer: undefined, labels: [], named: ["abcdef1"] },
      "acme/rocket#4": { kind: "absent" },
      "acme/rocket#99999999999": { kind: "absent" },
    });
  });

  it("are found by label, newest first, open or closed, with who opened them as REST names that account", async () => {
    tellLabelled();
    const { issues, doubt } = await (await of()).labelled("audit");
    expect(issues.map(({ number, open, author, body }) => ({ number, open, author, body }))).toEqual([
      { number: 13, open: true, author: "github-actions", body: "three" },
      { number: 12, open: false, author: "github-actions[bot]", body: "two" },
    ]);
    expect([issues[1]?.kind, issues[1]?.repository, doubt]).toEqual(["issue", "acme/rocket", undefined]);
    expect(await (await of()).labelled("none")).toEqual({ issues: [], doubt: undefined });
  });

  it("take no request where nothing is asked", async () => {
    const issues = await of();
    expect([(await issues.pullRequestsOf([])).size, (await issues.find([])).size]).toEqual([0, 0]);
    expect(at.journalled).toThrow();
  });
});

describe("PLN-40: what GitHub does not tell", () => {
  it("of a commit that it does not hold is unknown", async () => {
    expect((await (await adapter()).pullRequestsOf([aSha("f")])).get(aSha("f"))).toMatchObject({ known: false });
  });

  it("of another repository is unknown, and says nothing about its own", async () => {
    tell();
    const foreign = { repository: "acme/moon", number: 1 };
    const found = await (await adapter()).find([foreign, own(1)]);
    expect(found.get(addressText(foreign))).toEqual({
      kind: "unknown",
      because: "GitHub answered: Could not resolve to a Repository with the name 'acme/moon'.",
    });
    expect(found.get(addressText(own(1)))).toMatchObject({ kind: "issue" });
  });

  it.each([
    ["issues", { contents: "read", "pull-requests": "read" }, [1, 4]],
    ["pull requests", { contents: "read", issues: "read" }, [2, 4]],
  ] as const)(
    "a token that may not see %s is unknown, and absence is no longer believed",
    async (_what, permissions, numbers) => {
      tell();
      const found = await (await adapter(permissions)).find(numbers.map(own));
      expect([...found.values()].map(({ kind }) => kind)).toEqual(["unknown", "unknown"]);
    },
  );

  it("a token that may not see pull requests leaves every commit unknown", async () => {
    tell();
    const told = await (await adapter({ contents: "read", issues: "read" })).pullRequestsOf([at.head]);
    expect(told.get(at.head)).toEqual({
      known: false,
      because: "GitHub answered: Resource not accessible by integration",
    });
  });

  it("a token that may not see issues is a doubt about every issue of a label", async () => {
    tellLabelled();
    const issues = await adapter({ contents: "read", "pull-requests": "read" });
    expect(await issues.labelled("audit")).toEqual({
      issues: [],
      doubt: "GitHub answered: Resource not accessible by integration",
    });
  });

  it("because a label has more than a thousand issues is a doubt", async () => {
    for (let number = 1; number <= 1_001; number += 1)
      at.github.recordIssue({ title: `Issue ${number}`, labels: ["audit"] });
    const { issues, doubt } = await (await adapter()).labelled("audit");
    expect([issues.length, issues[0]?.number, issues.at(-1)?.number]).toEqual([1_000, 1_001, 2]);
    expect(doubt).toBe("more than 1000 issues carry the label audit");
    expect(at.journalled()).toHaveLength(10);
  });

  it("because of a used-up quota is a failure with its own code", async () => {
    at.github.faults.primaryLimit();
    await expect((await adapter()).find([own(1)])).rejects.toMatchObject({ code: "all.rate-limited" });
  });

  it("because of a broken server is a failure", async () => {
    at.github.faults.fail("graphql", 502, 9);
    await expect((await adapter()).find([own(1)])).rejects.toMatchObject({ code: "all.upstream-unreachable" });
  });
});

describe("PLN-40: the number of requests", () => {
  it.each([
    [1, 2],
    [100, 2],
    [101, 4],
  ])("for %i commits and as many issues is %i", async (count, requests) => {
    const issues = await adapter();
    const shas = Array.from({ length: count }, (_, index) => index.toString(16).padStart(40, "0"));
    await issues.pullRequestsOf(shas);
    await issues.find(shas.map((_, index) => own(index + 1)));
    expect(at.journalled().map(({ route }) => route)).toEqual(Array.from({ length: requests }, () => "graphql"));
    expect(at.github.problems()).toEqual([]);
  });
});

function tell(): void {
  at.github.recordIssue({ title: "Leak", body: "It leaks.", labels: ["bug"], state: "closed", closer: { pull: 2 } });
  at.github.recordPullRequest({ title: "Mend the leak", commits: [at.head], closes: [1] });
  at.github.recordIssue({ title: "Tides", body: "Since abcdef1." });
}

function tellLabelled(): void {
  at.github.recordIssue({ title: "One", labels: ["bug"] });
  const author = "github-actions[bot]";
  at.github.recordIssue({ number: 12, title: "Two", body: "two", labels: ["audit", "bug"], state: "closed", author });
  // A person may bear the name that GraphQL gives the app.
  at.github.recordIssue({ number: 13, title: "Three", body: "three", labels: ["audit"], author: "github-actions" });
}

async function adapter(permissions: Parameters<Fixture["github"]["issueToken"]>[0]["permissions"] = everything) {
  const token = at.github.issueToken({ permissions, stage: "plan-release" });
  const { githubLinkedIssues } = await import("#src/adapters/github-linked-issues");
  // Pauses and repetitions are for the real GitHub.
  return githubLinkedIssues(token, "acme/rocket", () => new Octokit({ auth: token, baseUrl: at.github.apiUrl }));
}

function aFake(): FakeLinkedIssues {
  const fake = new FakeLinkedIssues();
  const leak = { title: "Leak", body: "It leaks.", closer: "#2" };
  fake.held.push(
    anIssue({ ...own(1), ...leak }),
    aPullRequest({ ...own(2), labels: [], closes: [own(1)] }),
    anIssue({ ...own(3), labels: [], open: true, named: ["abcdef1"] }),
    anIssue({ ...own(12), labels: ["audit", "bug"], body: "two" }),
    anIssue({ ...own(13), labels: ["audit"], body: "three", open: true }),
  );
  fake.authors.set("acme/rocket#12", "github-actions[bot]").set("acme/rocket#13", "github-actions");
  fake.brought.set(at.head, [2]);
  return fake;
}

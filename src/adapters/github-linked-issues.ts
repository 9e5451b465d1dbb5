import { type GitHubClient, githubClient, githubFailure } from "#src/adapters/github-client";
import {
  addressesOf,
  commitQuestion,
  issueQuestion,
  labelledQuestion,
  type Question,
  readFound,
  readLabelled,
  readPullRequests,
} from "#src/adapters/github-issue-queries";
import { type Answer, readAnswer } from "#src/adapters/graphql-answer";
import { addressText } from "#src/domain/issue-address";
import type { Found, LabelledIssues, LinkedIssues, PullRequestsOf } from "#src/ports/linked-issues";

const batch = 100;
const mostPages = 10;
/** GraphQL's integers end here, and so do GitHub's numbers. */
const highest = 2_147_483_647;

/** Asks GitHub's GraphQL API: one request for each hundred commits, issues and pull requests, or issues of a label. */
export function githubLinkedIssues(
  token: string,
  repository: string,
  open: () => Pick<GitHubClient, "graphql"> = () => githubClient(token),
): LinkedIssues {
  let client: Pick<GitHubClient, "graphql"> | undefined;
  return {
    async pullRequestsOf(commits) {
      const told = new Map<string, PullRequestsOf>();
      for (const some of batches([...new Set(commits)])) {
        const answer = await ask(commitQuestion(repository, some), "Which pull requests brought these commits?");
        for (const [index, sha] of some.entries()) told.set(sha, readPullRequests(answer, index, repository));
      }
      return told;
    },
    async find(addresses) {
      const wanted = [...new Map(addresses.map((one) => [addressText(one), one])).values()];
      const askable = wanted.filter(({ number }) => number <= highest);
      const told = new Map<string, Found>(wanted.map((one) => [addressText(one), { kind: "absent" }]));
      for (const some of batches(askable)) {
        const answer = await ask(issueQuestion(some), "Which issues and pull requests are these?");
        for (const { address, path } of addressesOf(some))
          told.set(addressText(address), readFound(answer, { address, path }));
      }
      return told;
    },
    labelled,
  };

  async function labelled(label: string): Promise<LabelledIssues> {
    const issues: LabelledIssues["issues"] = [];
    let after = "";
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await ask(labelledQuestion(repository, label, after), "Which issues carry this label?");
      const { issues: some, doubt, next } = readLabelled(answer, repository);
      issues.push(...some);
      if (doubt !== undefined || next === undefined) return { issues, doubt };
      after = next;
    }
    return { issues, doubt: `more than ${mostPages * batch} issues carry the label ${label}` };
  }

  async function ask({ query, variables }: Question, words: string): Promise<Answer> {
    client ??= open();
    const { graphql } = client;
    return readAnswer(
      () => graphql(query, variables),
      (error) => githubFailure(error, words),
    );
  }
}

function batches<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / batch) }, (_, index) =>
    items.slice(index * batch, (index + 1) * batch),
  );
}

import { addressText } from "#src/domain/issue-address";
import type { Found, FoundIssue, FoundPullRequest, LinkedIssues } from "#src/ports/linked-issues";

const complete = "It leaks.\n\n## Impact\n\nAll boats.\n\n## Affected files\n\n- `tide.ts`\n";

/** Builds an issue that an audit has nothing against. */
export function anIssue(overrides: Partial<FoundIssue> = {}): FoundIssue {
  const { repository = "octo/tide", number = 1, open = false } = overrides;
  return {
    kind: "issue",
    repository,
    number,
    title: `Issue ${number}`,
    body: complete,
    url: `https://git.example.org/${repository}/issues/${number}`,
    labels: ["bug"],
    open,
    closer: undefined,
    named: [],
    ...overrides,
  };
}

/** Builds a pull request that an audit has nothing against. */
export function aPullRequest(overrides: Partial<FoundPullRequest> = {}): FoundPullRequest {
  const { repository = "octo/tide", number = 1 } = overrides;
  return {
    kind: "pull-request",
    repository,
    number,
    title: `Pull request ${number}`,
    body: complete,
    url: `https://git.example.org/${repository}/pull/${number}`,
    labels: ["bug"],
    head: "topic",
    closes: [],
    ...overrides,
  };
}

/** A tracker in memory. It counts its requests as GitHub's adapter sends them. */
export class FakeLinkedIssues implements LinkedIssues {
  readonly held: (FoundIssue | FoundPullRequest)[] = [];
  /** Numbers of pull requests by commit; a commit that is not here has none. */
  readonly brought = new Map<string, number[]>();
  /** Commits and addresses that nobody can tell of, and why. */
  readonly unknown = new Map<string, string>();
  /** Who opened an issue, by its address; a person where it is not here. */
  readonly authors = new Map<string, string>();
  /** Why a list of issues is not whole. */
  cut: string | undefined;
  /** Thrown instead of any answer. */
  failure: Error | undefined;
  requests = 0;

  async pullRequestsOf(commits: string[]) {
    this.#ask(commits.length);
    return new Map(
      commits.map((sha) => {
        const because = this.unknown.get(sha);
        return [
          sha,
          because === undefined
            ? { known: true as const, numbers: this.brought.get(sha) ?? [] }
            : { known: false as const, because },
        ];
      }),
    );
  }

  async find(addresses: Parameters<LinkedIssues["find"]>[0]) {
    const keys = [...new Set(addresses.map(addressText))];
    this.#ask(keys.length);
    return new Map(keys.map((key) => [key, this.#at(key)]));
  }

  async labelled(label: string) {
    const found = this.held.filter((one) => one.kind === "issue").filter(({ labels }) => labels.includes(label));
    this.#ask(Math.max(1, found.length));
    const issues = found.map((one) => ({ ...one, author: this.authors.get(addressText(one)) ?? "ada" }));
    return { issues: structuredClone(issues).sort((a, b) => b.number - a.number), doubt: this.cut };
  }

  #at(key: string): Found {
    const because = this.unknown.get(key);
    if (because !== undefined) return { kind: "unknown", because };
    return structuredClone(this.held.find((one) => addressText(one) === key)) ?? { kind: "absent" };
  }

  #ask(things: number): void {
    this.requests += Math.ceil(things / 100);
    if (this.failure) throw this.failure;
  }
}

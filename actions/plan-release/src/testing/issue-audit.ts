import { configSchema } from "#src/contract/config/schema";
import { addressText } from "#src/domain/issue-address";
import type { Commit } from "#src/ports/git-history";
import { FakeLinkedIssues } from "#src/testing/fake-linked-issues";
import { fakeLocalGit } from "#src/testing/fake-local-git";
import type { Policy } from "../facts.ts";
import { auditIssues } from "../issues/audit-issues.ts";
import { gatherIssues } from "../issues/gather-issues.ts";

/** What a rule changes about a range of commits that has nothing against it. */
export interface IssueTrial {
  /** Messages, oldest first; or commits with their parents. */
  commits: (string | Partial<Commit>)[];
  held?: FakeLinkedIssues["held"];
  /** Pull requests by the place of their commit, from 0. */
  brought?: Record<number, number[]>;
  unknown?: Record<string, string>;
  issues?: Partial<Policy["issues"]>;
  chain?: string[];
  map?: string;
  described?: { repository: string; number: number }[];
  /** Who opened an issue, by its address. */
  authors?: Record<string, string>;
  /** Why the list of filed issues is not whole. */
  cut?: string;
  failure?: Error;
}

/** The commit at a place, from 0. */
export const shaAt = (place: number): string => (place + 1).toString(16).padStart(8, "0").repeat(5);

/** Audits a range of commits over a tracker in memory. */
export async function auditTrial(trial: IssueTrial) {
  const { bump, issues, blockers } = configSchema.parse({});
  const files: Record<string, string> = trial.map === undefined ? {} : { "issues.yml": trial.map };
  const commits = trial.commits.map((one, place) => ({
    sha: shaAt(place),
    parents: place === 0 ? [] : [shaAt(place - 1)],
    files,
    message: "",
    ...(typeof one === "string" ? { message: one } : one),
  }));
  const head = shaAt(commits.length - 1);
  const policy: Pick<Policy, "bump" | "issues" | "home" | "chain" | "labels" | "blockers"> = {
    bump,
    blockers,
    issues: {
      ...issues,
      audit: "block",
      ...(trial.map === undefined ? {} : { "map-file": "issues.yml" }),
      ...trial.issues,
    },
    home: { repository: "Octo/Tide", serverUrl: "https://git.example.org" },
    chain: trial.chain ?? [],
    labels: new Map(),
  };
  const tracker = new FakeLinkedIssues();
  tracker.held.push(...(trial.held ?? []));
  tracker.failure = trial.failure;
  for (const [place, numbers] of Object.entries(trial.brought ?? {}))
    tracker.brought.set(shaAt(Number(place)), numbers);
  for (const [key, because] of Object.entries(trial.unknown ?? {})) tracker.unknown.set(key, because);
  const local = fakeLocalGit({ commits, checkout: { head, shallow: false, dirty: [] } });
  for (const [key, author] of Object.entries(trial.authors ?? {})) tracker.authors.set(key, author);
  tracker.cut = trial.cut;
  const range = { base: null, head, described: trial.described ?? [] };
  const facts = await gatherIssues(policy, range, { local, issues: tracker });
  const audit = auditIssues(policy, facts);
  return {
    policy,
    facts,
    audit,
    requests: tracker.requests,
    texts: audit.issues.map(({ subject }) => addressText(subject)),
  };
}

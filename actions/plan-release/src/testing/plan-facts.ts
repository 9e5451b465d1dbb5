import { configSchema } from "#src/contract/config/schema";
import type { Bump } from "#src/domain/bump-decision";
import type { RemoteRefs } from "#src/ports/remote-refs";
import { aSha } from "#src/testing/builders";
import { takeAim } from "../aim.ts";
import { decide } from "../decide.ts";
import type { CommitSummary, Facts, Policy, PushFacts, VersionReading } from "../facts.ts";

/** The commit that is released. */
export const head = aSha("a");

/** The commit of the release before. */
export const before = aSha("b");

/** A commit outside the released history, unless told otherwise. */
export const elsewhere = aSha("c");

const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-01-01

- Tides.

## [1.0.0] - 2025-01-01

- Begin.
`;

/** When the release before was tagged, unless told otherwise: a month before the plan. */
export const baseDate = "2025-12-01T12:00:00Z";

/** What a rule changes about a release that passes every check: 1.1.0 after v1.0.0. */
export interface Given {
  policy?: Partial<Policy>;
  facts?: Partial<Facts>;
}

const defaults = configSchema.parse({});

/** The default policy of the configuration. */
export const { version: versionPolicy, bump: bumpPolicy, changelog: changelogPolicy, issues: issuesPolicy } = defaults;

/** A remote that does not answer. */
export const silence = { known: false as const, because: "could not resolve host" };

/** Decides on a release that is changed as given. */
export function decided(given: Given) {
  const { policy, facts } = complete(given);
  return decide(policy, facts, takeAim(policy, facts));
}

/** Takes aim at a release that is changed as given. */
export function aimed(given: Given) {
  const { policy, facts } = complete(given);
  return takeAim(policy, facts);
}

/** Finds one check of the decision. */
export function checkOf(given: Given, id: string) {
  return decided(given).checks.find((check) => check.id === id);
}

function complete({ policy = {}, facts = {} }: Given): { policy: Policy; facts: Facts } {
  const { changes, risk, environments, tiers, gates, smoke, blockers } = defaults;
  const asked = {
    ...{ changes, risk, environments, tiers, gates, smoke, blockers },
    version: versionPolicy,
    bump: bumpPolicy,
    labels: new Map(),
    changelog: changelogPolicy,
    issues: issuesPolicy,
    home: { repository: "octo/tide", serverUrl: "https://git.example.org" },
    chain: [],
    issuesUrl: "https://git.example.org/octo/tide/issues/",
    tag: "",
    baseTag: "",
    operator: "ada",
    actor: "ada",
    overrides: "",
    environment: "",
    concludes: true,
  };
  const seen: Facts = {
    run: { sha: head, event: "push" },
    checkout: { head, shallow: false, dirty: [] },
    remote: aRemote({}),
    tips: tipsOf([head], [head]),
    versions: [value("1.1.0"), value("1.1.0", "package-lock.json")],
    changelog,
    baseReachable: true,
    commits: commitsAsking("minor"),
    tagged: undefined,
    published: new Set(["v1.0.0", "v1.1.0"]),
    setting: {
      now: new Date("2026-01-01T12:00:00Z"),
      tagDate: undefined,
      before: undefined,
      alike: [],
      commits: undefined,
    },
    scene: { paths: { known: true, files: 0, areas: new Map() }, baseDate, missing: [], idle: [] },
    push: undefined,
    issues: undefined,
  };
  return { policy: { ...asked, ...policy }, facts: { ...seen, ...facts } };
}

/** Builds a summary of commits that ask for a step. */
export function commitsAsking(required: Bump, total = 1): CommitSummary {
  const asked = { required, deciding: [], cancelled: 0 };
  const kinds = { breaking: 0, security: 0, features: total, fixes: 0, other: 0 };
  const changes = { kinds, components: [], tickets: new Map<string, string>(), lines: [], leftOut: 0 };
  const counts = { total, breaking: 0, reverts: 0, "by-class": { feat: total }, listed: [], asked, unclassified: 0 };
  return { ...counts, changes, labels: undefined, bumpMessage: undefined };
}

/** Builds a push from `before` to the released commit, where the version was another one, unless told otherwise. */
export function aPush(changes: Partial<PushFacts> = {}): PushFacts {
  return { before, after: head, base: before, declared: value("1.0.0"), forward: true, passed: [], ...changes };
}

/** Builds what a remote answers. */
export function aRemote({
  heads = { main: head },
  tags = { "v1.0.0": before },
}: {
  heads?: Record<string, string>;
  tags?: Record<string, string>;
}): RemoteRefs {
  return { known: true, heads: new Map(Object.entries(heads)), tags: new Map(Object.entries(tags)) };
}

/** The target tag is on the remote, on a commit. */
export function tagged(commit: string): RemoteRefs {
  return aRemote({ tags: { "v1.0.0": aSha("d"), "v1.1.0": commit } });
}

/** Builds the tips of the checkout. */
export function tipsOf(all: string[], containing: string[]): Facts["tips"] {
  return { all: new Set(all), containing: new Set(containing) };
}

/** Builds a place that holds a version. */
export function value(text: string, file = "package.json"): VersionReading {
  return { file, place: "version", found: { kind: "value", text } };
}

/** A pre-release without a changelog. */
export function preRelease(version: string, tags: Record<string, string>): Given {
  return { facts: { versions: [value(version)], remote: aRemote({ tags }), changelog: undefined } };
}

import { configSchema } from "#src/contract/config/schema";
import type { RemoteRefs } from "#src/ports/remote-refs";
import { aSha } from "#src/testing/builders";
import { takeAim } from "../../actions/plan-release/src/aim.ts";
import { decide } from "../../actions/plan-release/src/decide.ts";
import type { Facts, Policy, VersionReading } from "../../actions/plan-release/src/facts.ts";

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

/** What a rule changes about a release that passes every check: 1.1.0 after v1.0.0. */
export interface Given {
  policy?: Partial<Policy>;
  facts?: Partial<Facts>;
}

/** The default policy of the configuration. */
export const { version: versionPolicy, changelog: changelogPolicy } = configSchema.parse({});

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
  const asked = {
    version: versionPolicy,
    changelog: changelogPolicy,
    tag: "",
    baseTag: "",
    operator: "ada",
    environment: "",
  };
  const seen: Facts = {
    run: { sha: head, event: "push" },
    checkout: { head, shallow: false, dirty: [] },
    remote: aRemote({}),
    tips: tipsOf([head], [head]),
    versions: [value("1.1.0"), value("1.1.0", "package-lock.json")],
    changelog,
    baseReachable: true,
    commits: { total: 1, breaking: 0, reverts: 0, "by-class": { feat: 1 }, listed: [] },
    tagged: undefined,
  };
  return { policy: { ...asked, ...policy }, facts: { ...seen, ...facts } };
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

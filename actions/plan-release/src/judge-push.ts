import { question } from "#src/domain/question";
import { tagOf } from "#src/domain/tag-pattern";
import type { Check } from "#src/domain/verdict";
import { parseVersion } from "#src/domain/version";
import { compareVersions, sameVersion } from "#src/domain/version-order";
import { type Aim, isUnnamed } from "./aim.ts";
import { changeOf } from "./ending.ts";
import type { DeclaredVersion, Facts, Policy, PushFacts } from "./facts.ts";

/** Judges what a push did to the version: what it is compared with, its direction, what it passed over, and whether it is released. */
export function judgePush(policy: Policy, facts: Facts, aim: Aim): Check[] {
  const { push } = facts;
  if (!push) return [];
  return [
    pushedCommit(facts, push),
    judgeComparison(push),
    direction(push, aim),
    forward(push),
    skipped(policy, facts, { push, aim }),
    untagged(policy, facts, { push, aim }),
  ];
}

function pushedCommit({ checkout, bumpCommit }: Facts, { after }: PushFacts): Check {
  const head = bumpCommit?.head ?? checkout.head;
  const ask = question("push-head", "The checkout is the head of the push");
  return head === after
    ? ask.pass(after, [after])
    : ask.fail("plan.commit-mismatch", `expected ${after}, found ${head}`, [after, head]);
}

/** Judges that the commit whose version is compared with is known. */
export function judgeComparison({ before, base, declared }: PushFacts): Check {
  const ask = question("push-base", "What the version is compared with is known");
  if (base === "unknown") {
    const because = "expected the commit before the push or the first parent in the checkout, found neither";
    return ask.unsure("plan.change-base-unknown", because);
  }
  if (base === null) return ask.pass("the commit has no parent, so that everything in it is new");
  const where = before === null ? `first parent ${base}, as the commit before the push is not known` : base;
  return ask.pass(`${describeDeclared(declared)} at ${where}`, [base]);
}

function describeDeclared(declared: PushFacts["declared"]): string {
  return declared?.found.kind === "value" ? `version ${declared.found.text} (${declared.file})` : "no version";
}

function direction({ base, declared, forward }: PushFacts, { version }: Aim): Check {
  const ask = question("push-direction", "The push does not lower the version");
  if (base === "unknown") return ask.unsure("plan.change-base-unknown", "this needs the version before the push");
  if (isUnnamed(version)) return ask.unsure(version.code, version.because);
  if (declared?.found.kind !== "value") return ask.pass("there was no version before");
  const earlier = parseVersion(declared.found.text);
  if (!earlier) return ask.pass(`${declared.found.text} was no version`);
  const because = `expected a version that is not below ${earlier.text}, found ${version.text}`;
  if (compareVersions(version, earlier) >= 0) return ask.pass(`${earlier.text} to ${version.text}`);
  return forward === false
    ? ask.fail("plan.version-rewound", `${because}, in a push that is no fast-forward`)
    : ask.fail("plan.version-regressed", because);
}

/** A rewritten branch is reported; it decides only together with a version that falls. */
function forward({ before, after, forward }: PushFacts): Check {
  const ask = question("push-forward", "The branch only went forward", false);
  if (forward === undefined) return ask.notApplicable("plan.not-applicable", "the commit before the push is not known");
  if (forward) return ask.pass(`${after} descends from ${before}`);
  return ask.fail("plan.push-rewound", `expected ${after} to descend from ${before}, found that it does not`);
}

function skipped(policy: Policy, { remote }: Facts, { push, aim }: { push: PushFacts; aim: Aim }): Check {
  const blocks = policy.version["skipped-versions"] === "block";
  const ask = question("push-skipped", "No stable version was passed over", blocks);
  const pattern = policy.version["tag-pattern"];
  const left = skippedVersions(push, aim).filter(({ text }) => !remote.known || !remote.tags.has(tagOf(pattern, text)));
  if (left.length === 0) return ask.pass("none");
  const because = `expected one version in the push, found ${left.map(({ text }) => text).join(", ")} before the last`;
  return ask.fail(
    "plan.versions-skipped",
    because,
    left.map(({ commit }) => commit),
  );
}

/** Names the stable versions that the branch itself carried inside the push and left again, in the order in which they came. */
export function skippedVersions({ passed, declared }: PushFacts, { version }: Aim): DeclaredVersion[] {
  const ends = [isUnnamed(version) ? "" : version.text, declared?.found.kind === "value" ? declared.found.text : ""];
  const left = passed.filter(
    ({ text }) => parseVersion(text)?.class === "stable" && !ends.some((end) => sameVersion(end, text)),
  );
  return left.filter(({ text }, index) => left.findIndex((one) => one.text === text) === index);
}

function untagged(policy: Policy, { remote }: Facts, { push, aim }: { push: PushFacts; aim: Aim }): Check {
  const ask = question("push-untagged", "A version that the push leaves as it was has its tag");
  const change = changeOf(push, aim);
  if (change === "unknown")
    return ask.unsure("plan.change-base-unknown", "it is not known whether the version changed");
  if (change === "changed") return ask.notApplicable("plan.not-applicable", "the version changed");
  if (isUnnamed(aim.tag)) return ask.unsure(aim.tag.code, aim.tag.because);
  if (!remote.known) return ask.unsure("plan.remote-unknown", `expected the remote's tags, found: ${remote.because}`);
  const { name, commit } = aim.tag;
  if (commit !== undefined) return ask.pass(`${name} is on ${commit}`, [commit]);
  if (isSkippedPreRelease(policy, aim)) return ask.notApplicable("plan.not-applicable", "pre-releases are not tagged");
  const because = `the version is as it was, and the remote has no tag ${name}`;
  return policy.version["untagged-version"] === "release"
    ? ask.pass(`${because}; the configuration says to release it`)
    : ask.fail("plan.version-untagged", `expected ${name} on the remote, as ${because}`);
}

function isSkippedPreRelease(policy: Policy, { version }: Aim): boolean {
  return !isUnnamed(version) && version.class === "pre-release" && policy.version["pre-releases"] === "skip";
}

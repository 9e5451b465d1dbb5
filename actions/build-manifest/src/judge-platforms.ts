import { question } from "#src/domain/question";
import type { TargetManifest } from "#src/domain/target-manifest";
import type { Check } from "#src/domain/verdict";
import type { PlatformRule } from "./platform-rules.ts";

/** The platform that the rules give a file; what its own bytes name where there are none. */
export interface PlatformPolicy {
  rules: PlatformRule[];
  version: string;
  targets: TargetManifest | undefined;
}

/** Tells the platforms that the rules give a name: one each where they agree, none where no rule speaks of it. */
export function platformsByRule(name: string, { rules, version }: PlatformPolicy): string[] {
  return [...new Set(rules.flatMap((rule) => rule.platformOf(name, version) ?? []))];
}

/** Judges whether every file is for one known platform. Without rules and targets there is nothing to know. */
export function judgeFilePlatforms(
  files: { name: string; platform: string | null }[],
  policy: PlatformPolicy,
): Check[] {
  const { rules, targets } = policy;
  if (rules.length === 0 && !targets) return [];
  const ask = question("platforms", "It is known which platform each file is for");
  const complaints = [
    ...(rules.length === 0 ? [] : files.flatMap(({ name }) => ruleComplaint(name, policy))),
    ...(targets ? files.flatMap((file) => targetComplaint(file, targets)) : []),
  ];
  if (complaints.length > 0) return [ask.fail("build.artifact-unexpected", complaints.join("; "))];
  const named = files.map(({ name, platform }) => `${name} for ${platform ?? "all"}`);
  return [ask.pass(named.join(", "))];
}

function ruleComplaint(name: string, policy: PlatformPolicy): string[] {
  const found = platformsByRule(name, policy);
  if (found.length === 1) return [];
  const wanted = policy.rules.map(({ line }) => line).join(" or ");
  return found.length === 0
    ? [`expected a name such as ${wanted}, found ${name}`]
    : [`expected one platform of ${name}, found ${found.join(" and ")}`];
}

function targetComplaint({ name, platform }: { name: string; platform: string | null }, { targets }: TargetManifest) {
  const known = new Set(targets.flatMap(({ offers }) => offers.map((offer) => offer.platform)));
  if (platform === null || known.has(platform)) return [];
  return [`expected ${name} to be for one of ${[...known].join(", ")}, found ${platform}`];
}

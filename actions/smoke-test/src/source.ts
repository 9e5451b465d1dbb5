import type { Config } from "#src/contract/config/schema";
import type { ScenarioPolicy } from "#src/contract/config/smoke";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { PackageVersion } from "#src/ports/package-install";
import { hasOracle } from "./expectations.ts";
import type { Finding } from "./trial.ts";

/** Where a scenario takes the product from. */
export type Source =
  | { kind: "none" }
  | { kind: "refused"; finding: Finding }
  | { kind: "package"; wanted: PackageVersion; file: BuiltFile }
  | { kind: "repository"; ref: string; commit: string };

/** What was planned and built, as far as scenarios depend on it. */
export interface Setting {
  release: NamedRelease;
  channels: Config["channels"];
  built: BuiltFile[];
}

/**
 * Decides where a scenario takes the product from: the published version in live mode, the built archive or the commit
 * itself in a rehearsal. A scenario that could not fail, or names no channel that is there, is refused.
 */
export function sourceOf(scenario: ScenarioPolicy, { release, channels, built }: Setting): Source {
  if (!hasOracle(scenario.expect)) {
    return refuse("smoke.case-without-oracle", "expected at least one expectation in `expect`, found none");
  }
  if (scenario.install === "none") return { kind: "none" };
  const [channel, ...others] = scenario.channel ? channels.filter(({ id }) => id === scenario.channel) : channels;
  if (!channel || others.length > 0) {
    const wanted = scenario.channel ? `a channel named ${scenario.channel}` : "`channel`, or one channel only";
    return refuse("smoke.no-channel", `expected ${wanted}, found ${channels.map(({ id }) => id).join(", ") || "none"}`);
  }
  if (channel.kind === "git-tag") {
    const ref = release.mode === "live" ? `refs/tags/${release.tag}` : release.sha;
    return { kind: "repository", ref, commit: release.sha };
  }
  const file = built.find((one) => one.kind === "npm" && one.package === channel.package);
  if (!file)
    return refuse("smoke.no-artifact", `expected an archive of ${channel.package} in the manifest, found none`);
  return { kind: "package", wanted: { name: channel.package, version: release.version }, file };
}

function refuse(code: Finding["code"], because: string): Source {
  return { kind: "refused", finding: { code, class: "harness", because } };
}

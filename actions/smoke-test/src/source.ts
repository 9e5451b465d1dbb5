import type { Config } from "#src/contract/config/schema";
import type { BuildPolicy, ScenarioPolicy } from "#src/contract/config/smoke";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { PackageKind, PackageVersion } from "#src/ports/package-install";
import { hasOracle } from "./expectations.ts";
import type { Finding } from "./trial.ts";

/** Where a scenario takes the product from. */
export type Source =
  | { kind: "none" }
  | { kind: "refused"; finding: Finding }
  | { kind: "package"; client: PackageKind; wanted: PackageVersion; files: BuiltFile[]; served: boolean }
  | { kind: "repository"; ref: string; commit: string }
  | { kind: "build"; commit: string; version: string; build: BuildPolicy };

/** What was planned and built, as far as scenarios depend on it. */
export interface Setting {
  release: NamedRelease;
  channels: Config["channels"];
  built: BuiltFile[];
}

/** Files of the build manifest that users of each kind of channel install. */
const installed: Record<PackageKind, BuiltFile["kind"][]> = { npm: ["npm"], cargo: ["crate"], go: ["go-module"] };

/**
 * Decides where a scenario takes the product from: the published version in live mode, the built archive or the commit
 * itself in a rehearsal or where the scenario says so. One that could not fail, or names no channel that is there, is refused.
 */
export function sourceOf(scenario: ScenarioPolicy, setting: Setting): Source {
  if (!hasOracle(scenario.expect)) {
    return refuse("smoke.case-without-oracle", "expected at least one expectation in `expect`, found none");
  }
  if (scenario.install === "none") return { kind: "none" };
  return scenario.origin === "source-build" ? buildOf(scenario, setting) : channelOf(scenario, setting);
}

function buildOf({ build }: ScenarioPolicy, { release: { sha, version } }: Setting): Source {
  if (!build) return refuse("smoke.no-artifact", "expected `build` beside `origin: source-build`, found none");
  return { kind: "build", commit: sha, version: build.prints.replaceAll("{version}", version), build };
}

function channelOf(scenario: ScenarioPolicy, { release, channels, built }: Setting): Source {
  const [channel, ...others] = scenario.channel ? channels.filter(({ id }) => id === scenario.channel) : channels;
  if (!channel || others.length > 0) {
    const wanted = scenario.channel ? `a channel named ${scenario.channel}` : "`channel`, or one channel only";
    return refuse("smoke.no-channel", `expected ${wanted}, found ${channels.map(({ id }) => id).join(", ") || "none"}`);
  }
  const served = scenario.origin === "published" && release.mode === "live";
  if (channel.kind === "git-tag") {
    return { kind: "repository", ref: served ? `refs/tags/${release.tag}` : release.sha, commit: release.sha };
  }
  if (!("package" in channel)) {
    const because = `expected a channel that packages are installed from, found ${channel.id} of kind ${channel.kind}`;
    return refuse("smoke.no-channel", `${because}; let the scenario fetch it by itself, with \`install: none\``);
  }
  const files = built.filter((one) => installed[channel.kind].includes(one.kind) && one.package === channel.package);
  if (files.length === 0)
    return refuse("smoke.no-artifact", `expected an archive of ${channel.package} in the manifest, found none`);
  const named = "registry" in channel ? { registry: channel.registry } : {};
  const wanted = { name: channel.package, version: release.version, ...named };
  return { kind: "package", client: channel.kind, wanted, files, served };
}

function refuse(code: Finding["code"], because: string): Source {
  return { kind: "refused", finding: { code, class: "harness", because } };
}

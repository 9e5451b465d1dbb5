import { milliseconds } from "#src/contract/config/fields";
import type { GateOf } from "#src/contract/config/gates";
import { digestOfBytes } from "#src/domain/digest";
import { fullSha } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { versionOfTag } from "#src/domain/tag-pattern";
import { parseVersion, type Version } from "#src/domain/version";
import { highest } from "#src/domain/version-order";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding, legReport } from "../leg-report.ts";
import { preflight } from "../preflight.ts";
import { changedSince, straysAmong } from "./changed-paths.ts";

/** A tag of the checkout: its commit, and when it was made. */
export interface DatedTag {
  name: string;
  commit: string;
  made: Date;
}

/** A tagged pre-release of the version, with what has changed since; undefined where git cannot tell. */
export type Soaked = DatedTag & Version & { drift: string[] | undefined };

type Policy = Pick<GateOf<"soak">, "min-age" | "allowed-drift">;

const listTags = `git -c safe.directory='*' for-each-ref --format='%(refname:strip=2) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end) %(creatordate:unix)' refs/tags`;

/** Judges a gate of kind `soak`: finds the last pre-release of the version among the tags, its age, and what changed since. */
export async function runSoakGate(policy: GateOf<"soak">, seat: GateSeat): Promise<StageReport> {
  const { candidate, ports, version, config } = seat;
  const unready = await preflight(policy, candidate, ports);
  if (unready) return legReport(policy, unready);
  const listed = await ports.shell.run({ ...ports.checkout, line: listTags, timeout: 60_000 });
  if (listed.exit !== 0 || listed.outputDigest !== digestOfBytes(listed.output)) {
    const because = "expected git to list all tags of the checkout, found that it cannot, or more than can be read";
    return legReport(policy, doubt("gates.soak-missing", because));
  }
  const last = lastPreRelease(readTags(listed.output), version, config.version["tag-pattern"]);
  const soaked = last && { ...last, drift: await changedSince(last.commit, seat) };
  return legReport(policy, judgeSoak(policy, soaked, { version, now: ports.clock.now() }));
}

/** Judges a pre-release: there is one, it is old enough, and nothing but allowed paths has changed since (GAT-62). */
function judgeSoak(policy: Policy, soaked: Soaked | undefined, at: { version: string; now: Date }): Finding {
  if (!soaked) return failed("gates.soak-missing", `expected a tagged pre-release of ${at.version}, found none`);
  const { name, commit, made, drift } = soaked;
  const evidence = [`${name} at ${commit}, made ${made.toISOString()}`];
  const age = at.now.getTime() - made.getTime();
  if (age < milliseconds(policy["min-age"])) {
    const hours = Math.floor(age / 3_600_000);
    return {
      ...failed("gates.soak-too-short", `expected ${name} to be at least ${policy["min-age"]} old, found ${hours}h`),
      evidence,
    };
  }
  if (!drift) {
    return {
      ...doubt("gates.rc-drift", `expected to compare ${name} with the candidate, found that git cannot`),
      evidence,
    };
  }
  const strays = straysAmong(drift, policy["allowed-drift"]);
  if (strays.length > 0) {
    const found = strays.slice(0, 10).join(", ");
    return {
      ...failed("gates.rc-drift", `expected changes since ${name} in allowed paths only, found ${found}`),
      evidence,
    };
  }
  const because = `${name} was in use since ${made.toISOString()}, and only allowed paths have changed`;
  return { result: "pass", because, evidence };
}

/** Reads the list of tags; what is no tag of a commit is left out. */
function readTags(output: string): DatedTag[] {
  return output.split("\n").flatMap((line) => {
    const [name = "", commit = "", seconds = ""] = line.split(" ");
    return fullSha.test(commit) && /^\d+$/.test(seconds)
      ? [{ name, commit, made: new Date(Number(seconds) * 1_000) }]
      : [];
  });
}

function lastPreRelease(tags: DatedTag[], version: string, pattern: string): (DatedTag & Version) | undefined {
  const wanted = parseVersion(version)?.release.join(".");
  return highest(
    tags.flatMap((tag) => {
      const found = versionOfTag(pattern, tag.name);
      return found?.class === "pre-release" && found.release.join(".") === wanted ? [{ ...tag, ...found }] : [];
    }),
  );
}

function failed(code: "gates.soak-missing" | "gates.soak-too-short" | "gates.rc-drift", because: string): Finding {
  return { result: "fail", code, because, evidence: [] };
}

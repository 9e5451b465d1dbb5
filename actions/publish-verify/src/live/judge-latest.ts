import * as semver from "semver";
import type { Check } from "#src/domain/verdict";
import type { PointerSighting } from "#src/ports/package-channel";
import { channelCheck } from "./finding.ts";
import { type PackageExpectation, packageKinds } from "./package-kinds.ts";

/** A pre-release takes no part in `latest`; a stable version may only stand behind a newer stable one. */
export function judgeLatest({ channel, release }: PackageExpectation, pointers: PointerSighting): Check[] {
  const { version } = release;
  if (semver.prerelease(version) !== null) return [];
  const title = `\`latest\` of ${channel.package} names the newest stable version`;
  const check = channelCheck(channel, "latest", title);
  if (!(pointers instanceof Map)) {
    return [{ ...check, result: "inconclusive", code: "publish.remote-unknown", because: pointers.unknown }];
  }
  const latest = pointers.get("latest") ?? "none";
  if (latest === version) return [{ ...check, result: "pass", because: `latest is ${version}` }];
  const newer = semver.valid(latest) !== null && semver.prerelease(latest) === null && semver.gt(latest, version);
  if (newer) return [{ ...check, result: "pass", because: `latest is ${latest}, which is newer than ${version}` }];
  const because = `expected latest to be ${version}, found ${latest}`;
  return [{ ...check, result: "fail", code: packageKinds[channel.kind].latestWrong, because }];
}

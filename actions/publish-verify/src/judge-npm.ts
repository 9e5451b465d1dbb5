import * as semver from "semver";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { NpmLook, VersionSighting } from "#src/ports/npm-registry";
import { channelCheck, differing, type Finding } from "./finding.ts";

/** A channel of kind npm, as the configuration states it. */
export interface NpmChannel {
  id: string;
  required: boolean;
  package: string;
}

/** What a look at an npm channel is judged by: the release, and the one tarball that was built for it. */
export interface NpmExpectation {
  channel: NpmChannel;
  release: NamedRelease;
  file: BuiltFile;
}

/** Judges one look: the version's bytes first, and then, for a stable version that is live, whom `latest` names. */
export function judgeNpm(expected: NpmExpectation, look: NpmLook): Finding {
  const version = judgeVersion(expected, look.version);
  const { channel, release } = expected;
  const live = version.standing === "live";
  const latest = live && release.mode === "live" ? judgeLatest(expected, look.tags) : [];
  const { sha256, sha512 } = expected.file;
  return {
    ...version,
    checks: [...version.checks, ...latest],
    seen: { ...version.seen, latest: latestOf(look.tags) },
    ...(live ? { subject: { name: `${channel.package}@${release.version}`, digest: { sha256, sha512 } } } : {}),
  };
}

function judgeVersion({ channel, release, file }: NpmExpectation, sighting: VersionSighting): Finding {
  const what = `${channel.package}@${release.version}`;
  const rehearsed = release.mode === "rehearsal";
  const check = channelCheck(channel, "live", `Users get the built bytes of ${what} (${channel.id})`);
  const open = (verdict: Pick<Check, "result" | "code" | "because">): Finding => ({
    standing: "open",
    checks: [{ ...check, ...verdict }],
    seen: { seen: sighting.seen, because: verdict.because },
  });
  switch (sighting.seen) {
    case "unknown":
      return open({ result: "inconclusive", code: "publish.remote-unknown", because: sighting.because });
    case "corrupt":
      return open({ result: "fail", code: differing(release.mode), because: sighting.because });
    case "accepted":
      return rehearsed
        ? open({ result: "fail", code: "publish.exists-different", because: `${what} is taken: ${sighting.because}` })
        : open({ result: "inconclusive", code: "publish.live-timeout", because: sighting.because });
    case "absent": {
      if (!rehearsed) {
        const because = `expected ${what}, found no trace of it on a registry that answers`;
        return open({ result: "fail", code: "publish.not-live", because });
      }
      const because = `${what} is free: the registry answers that it is not there, as it answers strangers of a private package`;
      return {
        standing: "planned",
        checks: [{ ...check, result: "pass", because }],
        seen: { seen: "absent", because },
      };
    }
    case "served": {
      const { sha256, sha512 } = sighting;
      if (sha256 !== file.sha256 || sha512 !== file.sha512) {
        const because = `expected SHA-256 ${file.sha256} as built, found ${sha256}`;
        return open({ result: "fail", code: differing(release.mode), because });
      }
      const because = `${what} is served with the bytes of ${file.name}${rehearsed ? " already" : ""}`;
      const evidence = [`sha256:${sha256}`];
      return {
        standing: "live",
        checks: [{ ...check, result: "pass", because, evidence }],
        seen: { seen: "served", sha256, sha512 },
      };
    }
  }
}

/** A pre-release takes no part in `latest`; a stable version may only stand behind a newer stable one. */
function judgeLatest({ channel, release }: NpmExpectation, tags: NpmLook["tags"]): Check[] {
  const { version } = release;
  if (semver.prerelease(version) !== null) return [];
  const check = channelCheck(channel, "latest", `\`latest\` of ${channel.package} names the newest stable version`);
  if (!(tags instanceof Map)) {
    return [{ ...check, result: "inconclusive", code: "publish.remote-unknown", because: tags.unknown }];
  }
  const latest = tags.get("latest") ?? "none";
  if (latest === version) return [{ ...check, result: "pass", because: `latest is ${version}` }];
  const newer = semver.valid(latest) !== null && semver.prerelease(latest) === null && semver.gt(latest, version);
  if (newer) return [{ ...check, result: "pass", because: `latest is ${latest}, which is newer than ${version}` }];
  const because = `expected latest to be ${version}, found ${latest}`;
  return [{ ...check, result: "fail", code: "publish.dist-tag-wrong", because }];
}

function latestOf(tags: NpmLook["tags"]): string {
  return tags instanceof Map ? (tags.get("latest") ?? "none") : "unknown";
}

import type { Subject } from "#src/domain/subject";
import type { Check } from "#src/domain/verdict";
import type { ChannelLook, PointerSighting, ServedFile, VersionSighting } from "#src/ports/package-channel";
import { compareFiles } from "./compare-files.ts";
import { channelCheck, differing, type Finding } from "./finding.ts";
import { judgeLatest } from "./judge-latest.ts";
import { nameOf, type PackageExpectation, packageKinds } from "./package-kinds.ts";
import { pointersOf } from "./pointers.ts";

type Judgement = Pick<Check, "result" | "code" | "because">;

/** Judges one look: the version's bytes first, and then, for a stable version that is live, whom `latest` names. */
export function judgePackage(expected: PackageExpectation, look: ChannelLook): Finding {
  const version = judgeVersion(expected, look.version);
  const live = version.standing === "live";
  const latest = live && expected.release.mode === "live" ? judgeLatest(expected, look.pointers) : [];
  return {
    ...version,
    checks: [...version.checks, ...latest],
    seen: { ...version.seen, ...pointersSeen(expected, look.pointers), ...look.notes },
    ...(look.known === false ? { firstOfItsName: true } : {}),
    ...(look.retryAt ? { retryAt: look.retryAt } : {}),
    ...(live ? { subjects: subjectsOf(expected) } : {}),
  };
}

function judgeVersion(expected: PackageExpectation, sighting: VersionSighting): Finding {
  const { release } = expected;
  const open = (judgement: Judgement): Finding => ({
    standing: "open",
    checks: [{ ...checkOf(expected), ...judgement }],
    seen: { seen: sighting.seen, because: judgement.because },
  });
  switch (sighting.seen) {
    case "unknown":
      return open({ result: "inconclusive", code: "publish.remote-unknown", because: sighting.because });
    case "corrupt":
      return open({ result: "fail", code: differing(release.mode), because: sighting.because });
    case "accepted":
      return open(judgeAccepted(expected, sighting.because));
    case "absent":
      return release.mode === "rehearsal" ? free(expected) : open(judgeAbsent(expected));
    case "withdrawn":
      return open(judgeBytes(expected, sighting.files) ?? judgeWithdrawn(expected, sighting.because));
    case "served":
      return judgeServed(expected, sighting.files, open);
  }
}

function judgeAccepted(expected: PackageExpectation, because: string): Judgement {
  return expected.release.mode === "rehearsal"
    ? { result: "fail", code: "publish.exists-different", because: `${whatOf(expected)} is taken: ${because}` }
    : { result: "inconclusive", code: "publish.live-timeout", because };
}

function judgeAbsent(expected: PackageExpectation): Judgement {
  const because = `expected ${whatOf(expected)}, found no trace of it on a registry that answers`;
  return { result: "fail", code: "publish.not-live", because };
}

function judgeWithdrawn(expected: PackageExpectation, because: string): Judgement {
  return { result: "fail", code: "publish.withdrawn", because: `${whatOf(expected)} is withdrawn: ${because}` };
}

function free(expected: PackageExpectation): Finding {
  const because = `${whatOf(expected)} is free: the registry answers that it is not there, as it answers strangers of a private package`;
  return planned(expected, "absent", because);
}

function planned(expected: PackageExpectation, seen: string, because: string): Finding {
  return { standing: "planned", checks: [{ ...checkOf(expected), result: "pass", because }], seen: { seen, because } };
}

function judgeServed(
  expected: PackageExpectation,
  served: ServedFile[],
  open: (judgement: Judgement) => Finding,
): Finding {
  const { files, release } = expected;
  const wrong = judgeBytes(expected, served);
  if (wrong) return open(wrong);
  const { missing } = compareFiles(files, served);
  const rehearsed = release.mode === "rehearsal";
  if (missing.length > 0) {
    const found = `${served.length} of ${files.length} files of ${whatOf(expected)} there with the built bytes`;
    if (rehearsed) return planned(expected, "served", `${found}; ${missing.join(", ")} not yet`);
    const because = `expected every built file, found ${found}, and no ${missing.join(", ")}`;
    return open({ result: "fail", code: "publish.channel-incomplete", because });
  }
  const names = [...new Set(files.map(({ name }) => name))].join(", ");
  const because = `${whatOf(expected)} is served with the bytes of ${names}${rehearsed ? " already" : ""}`;
  const evidence = served.flatMap(({ digests: { sha256 } }) => (sha256 === undefined ? [] : [`sha256:${sha256}`]));
  return {
    standing: "live",
    checks: [{ ...checkOf(expected), result: "pass", because, evidence }],
    seen: { seen: "served", ...seenOf(served) },
  };
}

/** Judges the bytes alone; undefined where all that is served was built so. */
function judgeBytes({ files, release }: PackageExpectation, served: ServedFile[]): Judgement | undefined {
  const { other, extra, untold } = compareFiles(files, served);
  if (other.length > 0) {
    return { result: "fail", code: differing(release.mode), because: `expected ${other.join("; ")}` };
  }
  if (extra.length > 0) {
    const because = `expected built files only, found ${extra.join(", ")}, which nobody built for this version`;
    return { result: "fail", code: "publish.asset-extra", because };
  }
  if (served.length > 0 && untold.length === 0) return undefined;
  const found = served.length === 0 ? "none" : `no digest of ${untold.join(", ")}`;
  const because = `expected files whose digests can be compared, found ${found}`;
  return { result: "inconclusive", code: "publish.remote-unknown", because };
}

/** What was seen of each file; the digests stand alone where a version is one file. */
function seenOf(served: ServedFile[]): Record<string, string> {
  const [only] = served;
  if (served.length === 1 && only?.name === null) return { ...only.digests };
  return {
    files: served
      .map(({ name, platform, digests }) => `${platform ?? name ?? ""} sha256:${digests.sha256 ?? "unknown"}`)
      .join("; "),
  };
}

function subjectsOf(expected: PackageExpectation): Subject[] {
  const { part } = packageKinds[expected.channel.kind];
  return expected.files.map((file) => ({
    name: `${whatOf(expected)}${part(file)}`,
    digest: { sha256: file.sha256, sha512: file.sha512 },
  }));
}

function whatOf({ channel, release }: PackageExpectation): string {
  return `${nameOf(channel)}@${release.version}`;
}

function checkOf(expected: PackageExpectation) {
  const title = `Users get the built bytes of ${whatOf(expected)} (${expected.channel.id})`;
  return channelCheck(expected.channel, "live", title);
}

function pointersSeen({ channel, release }: PackageExpectation, pointers: PointerSighting): Record<string, string> {
  const names = pointersOf(channel, release.version).map(({ name }) => name);
  const word = (name: string) => (pointers instanceof Map ? (pointers.get(name) ?? "none") : "unknown");
  return Object.fromEntries(names.map((name) => [name, word(name)]));
}

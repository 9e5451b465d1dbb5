import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { TreeSighting } from "#src/ports/tag-content";
import { channelCheck, differing, type Finding } from "./finding.ts";

/** What a look at a tag's tree is judged by: the release, and the files that were built for it. */
export interface TreeExpectation {
  channel: { id: string; required: boolean };
  release: NamedRelease;
  files: BuiltFile[];
}

/** Judges one look at the tag: it names the released commit, and every built file stands in its tree with the built bytes. */
export function judgeTag(expected: TreeExpectation, sighting: TreeSighting): Finding {
  const { release } = expected;
  const ref = `refs/tags/${release.tag}`;
  if (sighting.seen === "unknown") {
    return open(expected, "unknown", {
      result: "inconclusive",
      code: "publish.remote-unknown",
      because: sighting.because,
    });
  }
  if (sighting.seen === "absent") {
    const because = `expected ${ref}, found none on a remote that answers`;
    return open(expected, "absent", { result: "fail", code: "publish.not-live", because });
  }
  if (sighting.commit !== release.sha) {
    const code = release.mode === "rehearsal" ? "publish.exists-different" : "publish.source-sha-mismatch";
    const because = `expected ${ref} on ${release.sha}, found it on ${sighting.commit}`;
    return open(expected, "served", { result: "fail", code, because });
  }
  const wrong = judgeTree(expected, sighting.digests);
  if (wrong) return { ...open(expected, "served", wrong), settled: true };
  const because = `${ref} serves all ${expected.files.length} built files on ${release.sha}`;
  return {
    standing: "live",
    checks: [{ ...checkOf(expected), result: "pass", because, evidence: [release.sha] }],
    seen: { seen: "served", commit: release.sha },
    subjects: [{ name: ref, digest: { gitCommit: release.sha } }],
  };
}

/** Judges the commit of a tag that is still to be created (rehearsal): would its tree serve the built bytes? */
export function judgeUntagged(expected: TreeExpectation, sighting: TreeSighting): Finding {
  const { release, files } = expected;
  if (sighting.seen !== "served") {
    const found = sighting.seen === "unknown" ? sighting.because : "no such commit";
    const because = `expected the remote to serve ${release.sha}, found: ${found}`;
    return open(expected, sighting.seen, { result: "inconclusive", code: "publish.remote-unknown", because });
  }
  const wrong = judgeTree(expected, sighting.digests);
  if (wrong) return { ...open(expected, "absent", wrong), settled: true };
  const because = `${release.tag} is free, and ${release.sha} holds all ${files.length} built files`;
  return {
    standing: "planned",
    checks: [{ ...checkOf(expected), result: "pass", because }],
    seen: { seen: "absent", commit: release.sha },
  };
}

type Verdict = Pick<Check, "result" | "code" | "because">;

function judgeTree({ files, release }: TreeExpectation, digests: Map<string, string>): Verdict | undefined {
  const missing = files.filter(({ name }) => !digests.has(name)).map(({ name }) => name);
  const other = files.filter(({ name, sha256 }) => digests.has(name) && digests.get(name) !== sha256);
  if (other.length > 0) {
    const found = other.map(({ name, sha256 }) => `${name} (built ${sha256}, served ${digests.get(name)})`);
    return {
      result: "fail",
      code: differing(release.mode),
      because: `expected the built bytes, found others: ${found.join("; ")}`,
    };
  }
  if (missing.length === 0) return undefined;
  const because = `expected every built file in the tree, found no ${missing.join(", ")}`;
  return { result: "fail", code: "publish.channel-incomplete", because };
}

function open(expected: TreeExpectation, seen: string, verdict: Verdict): Finding {
  return {
    standing: "open",
    checks: [{ ...checkOf(expected), ...verdict }],
    seen: { seen, because: verdict.because },
  };
}

function checkOf({ channel, release }: TreeExpectation) {
  return channelCheck(channel, "live", `Users get the built files at ${release.tag} (${channel.id})`);
}

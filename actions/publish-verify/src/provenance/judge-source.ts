import { question } from "#src/domain/question";
import { versionOfTag } from "#src/domain/tag-pattern";
import type { Check } from "#src/domain/verdict";
import type { ProvenanceFacts } from "./facts.ts";

/** Judges what the manifests say of themselves: one each, of this release's tag and version, from the run that they name. */
export function judgeMetadata(facts: ProvenanceFacts): Check {
  const ask = question("metadata", "Every build says which tag, version and run it is of");
  const { builds, unreadable, release } = facts;
  if (builds.length + unreadable.length === 0) {
    return ask.unsure("publish.metadata-missing", "expected the record of build-manifest, found none");
  }
  if (unreadable.length > 0) {
    const because = `expected a build that passed, with its manifest, found none in ${unreadable.join(", ")}`;
    return ask.fail("publish.metadata-missing", because);
  }
  const complaints = [...tagComplaints(facts), ...builds.flatMap((build) => manifestComplaints(build, facts))];
  return complaints.length === 0
    ? ask.pass(`${release.tag} (${release.version}), by run ${builds[0]?.manifest.run}`)
    : ask.fail("publish.metadata-mismatch", complaints.join("; "));
}

/**
 * Judges the source: the commit that the remote's tag leads to, annotations followed, is the released one, and the one that
 * each build had checked out. The commit that a run was started from is no evidence, as a job may check out another.
 */
export function judgeSource({ tag, release, builds }: ProvenanceFacts): Check {
  const ask = question("source", "The build stands on the commit of the remote's tag");
  if (tag.seen === "unknown") return ask.unsure("publish.remote-unknown", tag.because);
  const ref = `refs/tags/${release.tag}`;
  if (tag.seen === "absent" && release.mode === "live") {
    return ask.fail("publish.source-sha-mismatch", `expected ${ref}, found none on a remote that answers`);
  }
  const pairs: [what: string, found: string][] = [
    ...(tag.seen === "served" ? [[ref, tag.commit] satisfies [string, string]] : []),
    ...builds.map(({ name, manifest }): [string, string] => [name, manifest.commit]),
  ];
  const wrong = pairs.filter(([, commit]) => commit !== release.sha);
  if (wrong.length > 0) {
    const because = wrong.map(([what, commit]) => `expected ${what} on ${release.sha}, found ${commit}`).join("; ");
    return ask.fail("publish.source-sha-mismatch", because);
  }
  const planned = tag.seen === "absent" ? `; ${ref} is still to be created` : "";
  return ask.pass(`${pairs.map(([what]) => what).join(", ")} on ${release.sha}${planned}`, [release.sha]);
}

function tagComplaints({ release, tagPattern }: ProvenanceFacts): string[] {
  const named = versionOfTag(tagPattern, release.tag)?.text;
  return named === release.version
    ? []
    : [`expected ${release.tag} to name ${release.version}, found ${named ?? "no version"}`];
}

function manifestComplaints({ name, manifest }: ProvenanceFacts["builds"][number], facts: ProvenanceFacts): string[] {
  const { release, run, builds } = facts;
  const pairs: [what: string, wanted: string | undefined, found: string][] = [
    ["tag", release.tag, manifest.tag],
    ["version", release.version, manifest.version],
    ["run", builds[0]?.manifest.run, manifest.run],
  ];
  // A runner that does not tell its workflow leaves this empty; the server's word on the run is asked in any case.
  if (manifest.workflow !== "" && run !== undefined && run !== "absent") {
    pairs.push(["workflow", `${run.repository}/${run.workflow}`, manifest.workflow.replace(/@.*$/, "")]);
  }
  return pairs
    .filter(([, wanted, found]) => wanted !== found)
    .map(([what, wanted, found]) => `expected ${name} to be of ${what} ${wanted}, found ${found}`);
}

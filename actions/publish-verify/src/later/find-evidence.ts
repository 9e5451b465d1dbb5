import { admit, type Expectation, isRefusal } from "#src/domain/admission";
import { Failure } from "#src/domain/failure";
import { verifiedAsset } from "#src/domain/verified-release";
import type { BuildRuns } from "#src/ports/build-runs";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { TagContent } from "#src/ports/tag-content";
import type { PublishedEvidence, VerifiedReleases, WhichRelease } from "#src/ports/verified-releases";
import { newestVerdict } from "../newest-verdict.ts";

/** Name of the verdict's document, as an asset and as an attachment. */
export const verdictAsset = "verdict.json";
const wanted = [verifiedAsset, verdictAsset];

/** Where the evidence of a release may lie: among its assets, or with the run that released it. */
export interface EvidencePlaces {
  verified: VerifiedReleases;
  content: TagContent;
  runs: Pick<BuildRuns, "on" | "tagged">;
  /** Opens the evidence of an earlier run. */
  earlier(run: string): Pick<LedgerStore, "fetch" | "list">;
}

/**
 * Finds the evidence of a release: its own assets, and, where it has none of them because the consumer's own job publishes it,
 * the artifacts of the run that released it: one that was started from the tag's commit, or else one that has tagged. Throws `all.evidence-missing`, and what could not be asked.
 */
export async function findEvidence(
  which: WhichRelease,
  expected: Expectation,
  places: EvidencePlaces,
): Promise<PublishedEvidence> {
  const published = await places.verified.find(which, wanted);
  if (published && published.documents.size > 0) return published;
  const tag = "tag" in which ? which.tag : published?.tag;
  if (tag === undefined) throw missing("so many stable releases that are published", "fewer");
  return ofRun(tag, expected, places);
}

async function ofRun(tag: string, expected: Expectation, places: EvidencePlaces): Promise<PublishedEvidence> {
  const commit = await commitOf(tag, places.content);
  const reasons = new Map<string, string>();
  for (const list of [() => places.runs.on(commit), () => places.runs.tagged()]) {
    for (const run of await list()) {
      if (reasons.has(run)) continue;
      const found = await keptBy(run, tag, { expected, earlier: places.earlier });
      if (typeof found !== "string") return found;
      reasons.set(run, found);
    }
  }
  const told = [...reasons.values()].join("; ") || `no run on ${commit}, and none that has tagged`;
  throw missing(`${verifiedAsset} among the assets of ${tag}, or with a run that released it`, `none: ${told}`);
}

async function commitOf(tag: string, content: TagContent): Promise<string> {
  const seen = await content.look(`refs/tags/${tag}`, []);
  if (seen.seen === "served") return seen.commit;
  if (seen.seen === "absent") throw missing(`a published release of ${tag}, or its tag`, "neither");
  throw new Failure({
    kind: "upstream",
    code: "publish.remote-unknown",
    message: `expected the remote to tell of ${tag}, found ${seen.because}`,
    hint: "Run it again once the remote answers.",
  });
}

/** The evidence that a run's newest verdict keeps; a text says why it has none of this release. */
async function keptBy(
  run: string,
  tag: string,
  { expected, earlier }: { expected: Expectation; earlier: EvidencePlaces["earlier"] },
): Promise<PublishedEvidence | string> {
  const ledger = earlier(run);
  const artifact = newestVerdict(await ledger.list());
  if (artifact === undefined) return `run ${run} has no verdict`;
  // What is asked for is a live release, whatever this run may write.
  const ofThatRun = { ...expected, runId: run, mode: "live" as const };
  const admitted = admit({ artifact, digest: undefined, files: await ledger.fetch(artifact) }, ofThatRun);
  if (isRefusal(admitted)) return `the verdict of run ${run}: ${admitted.because}`;
  const { record, attachments } = admitted;
  const documents = new Map([...attachments].filter(([name]) => wanted.includes(name)));
  return record.release.tag === tag && documents.has(verifiedAsset)
    ? { tag, documents }
    : `run ${run} did not release ${tag}`;
}

/** Says that there is nothing to compare with. */
export function missing(what: string, found = "none"): Failure {
  return new Failure({
    kind: "input",
    code: "all.evidence-missing",
    message: `expected ${what}, found ${found}`,
    hint: "Name a release that the suite has released. Attach verdict.json and verified.json to one that your own job publishes, while its run keeps them.",
  });
}

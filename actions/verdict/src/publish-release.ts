import { amount } from "#src/domain/amount";
import { digestOfBytes } from "#src/domain/digest";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import type { Check } from "#src/domain/verdict";
import type { AssetFile, HostedRelease, ReleaseAsset, Releases } from "#src/ports/releases";
import { isSameRelease } from "./published-verdict.ts";
import { type DigestedFile, nextStep, sameText } from "./release-step.ts";
import { reportAssets, type WantedRelease } from "./wanted-release.ts";

/** What became of the GitHub release. */
export interface Written {
  state: Effect["state"];
  check: Check;
}

/** Looks at the releases of the tag as a live run would, and writes nothing. */
export async function rehearseRelease(wanted: WantedRelease, releases: Releases): Promise<Written> {
  return guarded(wanted, async () => {
    const step = nextStep(await seen(wanted, releases), wanted, []);
    if (step.step === "refuse") return refused(wanted, step.because);
    const because =
      step.step === "already"
        ? `${wanted.tag} has a published release of this content`
        : `a live run would publish the release of ${wanted.tag} with ${amount(wanted.built.length + reportAssets.length, "asset")}`;
    return { state: "planned", check: releaseCheck(wanted, because) };
  });
}

/**
 * Brings the release to be published with the wanted content: draft, assets, digest check of each, then publish, then
 * read back. Safe to kill after any write; a rerun goes on from what is there.
 */
export async function publishRelease(
  wanted: WantedRelease,
  reports: AssetFile[],
  releases: Releases,
): Promise<Written> {
  return guarded(wanted, async () => {
    const commit = await releases.commitOf(wanted.tag);
    if (commit !== wanted.sha) {
      return failed(wanted, `expected tag ${wanted.tag} on ${wanted.sha}, found ${commit ?? "no such tag"}`);
    }
    const step = nextStep(await seen(wanted, releases), wanted, reports);
    if (step.step === "refuse") return refused(wanted, step.because);
    if (step.step === "already") return adoptPublished(wanted, { release: step.release, reports }, releases);
    const draft = step.step === "create" ? await releases.createDraft(wanted) : step.draft;
    return complete(wanted, { draft, missing: step.missing }, releases);
  });
}

/** The check of a release that is written as it was wanted; its text is the same in every run. */
export function releaseCheck(wanted: WantedRelease, because = publishedText(wanted)): Check {
  return {
    id: "github-release",
    title: "The GitHub release is published with the built files",
    required: true,
    result: "pass",
    because,
    evidence: wanted.built.map(({ name, digest }) => `${name} ${digest}`),
  };
}

function publishedText(wanted: WantedRelease): string {
  return `${wanted.tag} is published with ${amount(wanted.built.length, "built file")}, compared by digest, and its reports`;
}

async function complete(
  wanted: WantedRelease,
  { draft, missing }: { draft: HostedRelease; missing: DigestedFile[] },
  releases: Releases,
): Promise<Written> {
  for (const file of missing) {
    const stored = await digested(await releases.upload(draft, file), releases);
    if (stored.digest !== file.digest || stored.name !== file.name) {
      return failed(wanted, `stored ${file.name} ${file.digest}, and GitHub holds ${stored.name} ${stored.digest}`);
    }
  }
  const published = await withDigests(await publishAndRead(draft, wanted.latest, releases), releases);
  const held = new Map(published.assets.map(({ name, digest }) => [name, digest]));
  const lost = [...wanted.built, ...missing].find(({ name, digest }) => held.get(name) !== digest);
  if (lost)
    return { ...failed(wanted, `the published release does not hold ${lost.name} ${lost.digest}`), state: "done" };
  const rewritten =
    published.tag !== wanted.tag ||
    published.prerelease !== wanted.prerelease ||
    !sameText(published.body, wanted.body);
  if (rewritten) {
    return {
      ...failed(wanted, "the published release reads back with another tag, text or pre-release mark"),
      state: "done",
    };
  }
  return { state: "done", check: releaseCheck(wanted) };
}

/** An answer that got lost is not a failure if the release reads back as published. */
async function publishAndRead(draft: HostedRelease, latest: boolean, releases: Releases): Promise<HostedRelease> {
  let unanswered: unknown;
  try {
    await releases.publish(draft, latest);
  } catch (thrown) {
    unanswered = thrown;
  }
  const read = await releases.read(draft.id);
  if (read.draft) throw unanswered ?? new Error("GitHub accepted the publication, and the release is still a draft");
  return read;
}

/**
 * The reports of a published release may be those of an earlier run; its verdict must then speak of this very release:
 * the same identity, policy, plan and built files as the verdict that this run would have published.
 */
async function adoptPublished(
  wanted: WantedRelease,
  { release, reports }: { release: HostedRelease; reports: AssetFile[] },
  releases: Releases,
): Promise<Written> {
  const asset = release.assets.find(({ name }) => name === "verdict.json");
  const own = reports.find(({ name }) => name === "verdict.json");
  const bytes = asset && (await releases.download(asset));
  return bytes && own && isSameRelease(bytes, own.bytes)
    ? { state: "already", check: releaseCheck(wanted) }
    : refused(wanted, "verdict.json of the published release is not a verdict that released this tag and commit");
}

async function seen(wanted: WantedRelease, releases: Releases): Promise<HostedRelease[]> {
  const found = await releases.ofTag(wanted.tag);
  return Promise.all(found.map((release) => withDigests(release, releases)));
}

async function withDigests(release: HostedRelease, releases: Releases): Promise<HostedRelease> {
  return { ...release, assets: await Promise.all(release.assets.map((asset) => digested(asset, releases))) };
}

/** GitHub tells no digest for assets that it stored before it computed them; their bytes tell it. */
async function digested(asset: ReleaseAsset, releases: Releases): Promise<ReleaseAsset> {
  if (asset.digest !== null || !asset.complete) return asset;
  return { ...asset, digest: digestOfBytes(await releases.download(asset)) };
}

async function guarded(wanted: WantedRelease, write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    return failed(wanted, `${message} (${code})`);
  }
}

function failed(wanted: WantedRelease, because: string): Written {
  return {
    state: "refused",
    check: { ...releaseCheck(wanted, because), result: "fail", code: "verdict.release-failed" },
  };
}

function refused(wanted: WantedRelease, because: string): Written {
  const check = { ...releaseCheck(wanted, because), result: "fail" as const };
  return { state: "refused", check: { ...check, code: "verdict.release-exists-different" } };
}

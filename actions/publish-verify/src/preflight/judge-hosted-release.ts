import { assetName, isReportAsset } from "#src/domain/asset-name";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { HostedRelease } from "#src/ports/releases";
import { channelCheck, type Finding } from "../live/finding.ts";

/** The GitHub releases of a tag, drafts included where the token may see them. */
export type HostedSighting = HostedRelease[] | { unknown: string };

interface Hosted {
  channel: { id: string; required: boolean };
  release: NamedRelease;
  files: BuiltFile[];
}

/**
 * Judges the GitHub release of the tag as it stands before the job publishes one: none yet, a draft that holds every built file,
 * or the published release with the built bytes. Anything else is never taken for done.
 */
export function judgeHostedRelease(expected: Hosted, sighting: HostedSighting): Finding {
  const found = standingOf(expected, sighting);
  const check = channelCheck(
    expected.channel,
    "live",
    `The GitHub release of ${expected.release.tag} may be published`,
  );
  if (found.standing !== "open") {
    const { standing, because } = found;
    return { standing, checks: [{ ...check, result: "pass", because }], seen: { seen: "asked", because } };
  }
  const { result, code, because } = found;
  return { standing: "open", checks: [{ ...check, result, code, because }], seen: { seen: "asked", because } };
}

type Found =
  | { standing: "live" | "planned"; because: string }
  | { standing: "open"; result: "fail"; code: "build.release-exists-different"; because: string }
  | { standing: "open"; result: "inconclusive"; code: "publish.remote-unknown"; because: string };

function standingOf({ release: { tag }, files }: Hosted, sighting: HostedSighting): Found {
  if ("unknown" in sighting) return unsure(sighting.unknown);
  const [held, ...others] = sighting;
  if (!held) return { standing: "planned", because: `no release of ${tag} is to be seen` };
  if (others.length > 0) return different(`expected one release of ${tag}, found ${sighting.length}`);
  const what = held.draft ? "a draft" : `a${held.immutable ? "n immutable" : " published"} release`;
  const { untold, differences } = compare(held, files);
  if (differences.length > 0) {
    return different(
      `expected no release of ${tag} or one with the built files, found ${what}: ${differences.join("; ")}`,
    );
  }
  if (untold.length > 0) return unsure(`${what} of ${tag} is there, and no digest is told of ${untold.join(", ")}`);
  return held.draft
    ? { standing: "planned", because: `a draft of ${tag} holds every built file, and is not published` }
    : { standing: "live", because: `${what} of ${tag} holds every built file already` };
}

function compare({ assets }: HostedRelease, files: BuiltFile[]): { untold: string[]; differences: string[] } {
  const untold: string[] = [];
  const differences: string[] = [];
  for (const { name, sha256 } of files) {
    const asset = assets.find((one) => one.name === assetName(name));
    if (!asset) differences.push(`${name} is missing`);
    else if (!asset.complete) differences.push(`the upload of ${name} has not come to its end`);
    else if (asset.digest === null) untold.push(name);
    else if (asset.digest !== `sha256:${sha256}`) differences.push(`${name} has other bytes`);
  }
  const built = new Set(files.map(({ name }) => assetName(name)));
  const extra = assets.filter(({ name }) => !built.has(name) && !isReportAsset(name));
  return { untold, differences: [...differences, ...extra.map(({ name }) => `nobody built ${name}`)] };
}

function different(because: string): Found {
  return { standing: "open", result: "fail", code: "build.release-exists-different", because };
}

function unsure(because: string): Found {
  return { standing: "open", result: "inconclusive", code: "publish.remote-unknown", because };
}

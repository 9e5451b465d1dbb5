import type { Config } from "#src/contract/config/schema";
import { artifactName } from "#src/domain/artifact-name";
import { type BuildManifest, buildManifestSchema, manifestAttachment } from "#src/domain/build-manifest";
import { correctFormula } from "#src/domain/formula/correct-formula";
import { wantedFormula } from "#src/domain/formula/wanted-formula";
import { parseJson } from "#src/domain/parse-json";
import { readZip } from "./artifacts/zip.ts";
import type { RunEvent } from "./runner/contract.ts";
import { commitFormula, formulaIn, type TapChannel, tapChannels, tapFolder } from "./taps.ts";
import type { World } from "./world.ts";

/** What a maintainer does with a corrected formula before it is pushed; undefined where nobody pushes anything. */
export type TapUpdate = (formula: string) => string | undefined;

/** The release that is rehearsed. */
interface Released {
  repository: string;
  run: { attempt: number };
  update: TapUpdate;
}

/**
 * Plays the maintainer of the taps: as soon as a job has left the build's manifest, the formulae are corrected by it and
 * pushed. It is no job of the release that does so, as none may write there.
 */
export function tapMaintainer(world: World, config: Config | undefined, released: Released) {
  const open = new Set(tapChannels(config));
  return (event: RunEvent): void => {
    if (event.type !== "job-finished" || open.size === 0) return;
    const manifest = manifestIn(world, released.run.attempt);
    if (!manifest) return;
    for (const channel of open) {
      open.delete(channel);
      align(world, channel, { manifest, ...released });
    }
  };
}

function manifestIn({ artifacts }: World, attempt: number): BuildManifest | undefined {
  const name = artifactName("build-manifest", "", attempt);
  const stored = artifacts.list().find((one) => one.name === name);
  const bytes = stored && artifacts.read(stored.id);
  const file = bytes && readZip(bytes).find((one) => one.name === manifestAttachment);
  return file && buildManifestSchema.safeParse(parseJson(file.content)).data;
}

function align(
  { folders, github }: World,
  channel: TapChannel,
  { manifest, repository, update }: Released & { manifest: BuildManifest },
): void {
  const { tag, version, commit: sha, files: built } = manifest;
  const release = { repository, component: "default", tag, version, sha, base: null, mode: "live" as const };
  const wanted = wantedFormula({ channel, release, built, server: github.serverUrl, sums: undefined });
  const place = tapFolder(folders, channel.tap);
  const correction = correctFormula(channel.formula, formulaIn(place, channel.formula), { ...wanted, version });
  if ("because" in correction)
    throw new Error(`expected a formula that can be corrected, found: ${correction.because}`);
  const text = update(correction.text);
  if (text !== undefined)
    commitFormula(place, { path: channel.formula, text, message: `${channel.formula} ${version}` });
}

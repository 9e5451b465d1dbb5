import type { BuiltFile } from "../../../src/domain/build-manifest.ts";
import { hexDigest } from "../../../src/domain/digest.ts";
import { aBuiltFile } from "../../../src/testing/build-builders.ts";
import { prepareGround } from "../ground.ts";
import { askProvenance, type ProvenanceAnswer } from "../run-provenance.ts";
import { type Answerer, mustGive, type Place } from "./answer.ts";

/** PUB-11, F12: which commit must the provenance record name as the source? A build of the tag's object must be refused. */
export const answerSource: Answerer = async ({ given }, place) => {
  const tag = mustGive(given.tag, "a tag");
  const object = place.built.git(["rev-parse", `refs/tags/${tag}`]);
  const commit = place.built.git(["rev-parse", `refs/tags/${tag}^{commit}`]);
  const asked = (built: string) =>
    ask(place, commit, {
      config: ".github/seaworthy-provenance.yml",
      tag,
      mode: "live",
      commit: built,
      platforms: ["any"],
    });
  const { record, provenance } = await asked(commit);
  const { record: ofObject } = await asked(object);
  const refused = resultOf(ofObject, "source") === "fail";
  return { decision: refused ? record.verdict.result : "unclear", source_sha: provenance.build["source-sha"] };
};

/** BLD-06, F44: which platforms must be there? Without one of them the channel is refused, and with them alone it is not. */
export const answerPlatforms: Answerer = async ({ given }, place) => {
  const commit = place.built.idOf(mustGive(given.commit, "a commit"));
  const channel = mustGive(given.channel, "a channel");
  const asked = (platforms: string[]) =>
    ask(place, commit, { config: ".github/seaworthy-targets.yml", tag: "", mode: "rehearsal", commit, platforms });
  const { provenance } = await asked(["none"]);
  const platforms = provenance.platforms.find((one) => one.channel === channel)?.official ?? [];
  const complete = resultOf((await asked(platforms)).record, `platforms:${channel}`);
  for (const left of platforms) {
    const { record } = await asked(platforms.filter((one) => one !== left));
    if (resultOf(record, `platforms:${channel}`) !== "fail") return { decision: "unclear", platforms };
  }
  return { decision: complete, platforms };
};

interface Question {
  config: string;
  tag: string;
  mode: string;
  /** Commit that the build's manifest names. */
  commit: string;
  platforms: string[];
}

async function ask(
  { built, branch, desk }: Place,
  head: string,
  { config, tag, mode, commit, platforms }: Question,
): Promise<ProvenanceAnswer> {
  // A version that its tag names already is not planned again: such a commit is asked about as before its own tag.
  const tags = { in: tag || `${built.git(["describe", "--tags", "--abbrev=0", head])}^` };
  const ground = prepareGround(built, { branch, head, tags });
  const plan = await desk.ask(ground, { head, inputs: { config, tag, "release-mode": mode } });
  if (plan.record.verdict.result !== "pass") throw new Error(`expected a plan that passes, found:\n${plan.ending.log}`);
  const files = platforms.map(archive);
  const carried = Object.fromEntries(files.map(({ name }, index) => [name, platforms[index] ?? ""]));
  const startedFrom = built.git(["rev-parse", `${head}^`]);
  return askProvenance(ground, desk, { plan, commit, startedFrom, files, carried });
}

function archive(platform: string): BuiltFile {
  const bytes = new TextEncoder().encode(platform);
  const digests = { sha256: hexDigest("sha256", bytes), sha512: hexDigest("sha512", bytes) };
  const named = { name: `plasmite_${platform}.tar.gz`, package: null, platform };
  return aBuiltFile({ kind: "archive", ...named, ...digests, size: bytes.byteLength });
}

function resultOf(record: ProvenanceAnswer["record"], id: string): string | undefined {
  return record.checks.find((check) => check.id === id)?.result;
}

import { type AdmittedRecord, isRefusal, type Refusal } from "#src/domain/admission";
import { amount } from "#src/domain/amount";
import type { BuiltFile, BuiltWith } from "#src/domain/build-manifest";
import { rivalFiles } from "#src/domain/built-files";
import { question } from "#src/domain/question";
import type { TargetManifest } from "#src/domain/target-manifest";
import { type Check, decidingCode } from "#src/domain/verdict";
import { disagreement } from "#src/leg-agreement";
import type { Planned } from "#src/stage-context";

/** A leg of the build: its record where it holds, and what it made where it passed. */
export interface BuildLeg {
  name: string;
  arrival: AdmittedRecord | Refusal;
  files: BuiltFile[];
  toolchain: BuiltWith[];
}

/** Kinds of files of which a platform has one: a second leg that makes it would make another. */
const once = new Set(["archive", "image"]);

type Target = TargetManifest["targets"][number];

/**
 * Judges the legs of a build together: each holds and passed, but for one named after a target that is a preview everywhere;
 * every official target was built, each platform by one leg, and no name stands for other bytes in another leg.
 */
export function judgeLegs(planned: Planned, legs: BuildLeg[], targets: TargetManifest | undefined): Check[] {
  const all = targets?.targets ?? [];
  return [
    judgeCount(legs),
    ...legs.map((leg) => judgeLeg(leg, planned, isPreview(all.find(({ id }) => id === leg.name)))),
    ...all.map((target) => judgeTarget(target, legs)),
    judgeNames(legs),
  ];
}

function judgeCount(legs: BuildLeg[]): Check {
  const ask = question("legs", "The build has legs");
  if (legs.length > 0) return ask.pass(amount(legs.length, "leg"));
  return ask.unsure(
    "publish.build-incomplete",
    "expected records of build-manifest with a leg in this run, found none",
  );
}

function judgeLeg({ name, arrival }: BuildLeg, planned: Planned, excused: boolean): Check {
  const ask = question(
    `leg:${name || arrival.artifact}`,
    `The leg ${name || arrival.artifact} of the build holds`,
    !excused,
  );
  if (isRefusal(arrival)) return ask.fail(arrival.code, arrival.because, [arrival.artifact]);
  const { record, artifact, digest } = arrival;
  const evidence = [`${artifact}@${digest}`];
  if (record.verdict.result !== "pass") {
    const reason =
      record.checks.find(({ id }) => record.verdict["decided-by"].includes(id))?.because ?? "it did not pass";
    return ask.fail(decidingCode(record.checks) ?? "publish.build-incomplete", reason, evidence);
  }
  const foreign = disagreement(arrival, planned, "build-manifest");
  return foreign
    ? ask.fail("all.evidence-mismatch", foreign, evidence)
    : ask.pass(record.subjects.map((one) => one.name).join(", "), evidence);
}

/** A target without any offer is demanded by nobody; one that is official somewhere is no preview. */
function isPreview(target: Target | undefined): boolean {
  return target?.offers.every(({ support }) => support === "preview") ?? false;
}

function judgeTarget(target: Target, legs: BuildLeg[]): Check {
  const preview = isPreview(target);
  const ask = question(`target:${target.id}`, `The target ${target.id} was built`, !preview);
  const wanted = target.offers
    .filter(({ support }) => preview || support === "official")
    .map(({ platform }) => platform);
  const platforms = [...new Set(wanted)];
  const makers = (platform: string, kinds = (_kind: string) => true) =>
    legs.filter(({ files }) => files.some((file) => file.platform === platform && kinds(file.kind)));
  const missing = platforms.filter((platform) => makers(platform).length === 0);
  if (missing.length > 0) {
    const code = preview ? "build.preview-target-failed" : "build.official-target-failed";
    return ask.fail(code, `expected files for ${missing.join(", ")}, found none in any leg`);
  }
  const doubled = platforms.find((platform) => makers(platform, (kind) => once.has(kind)).length > 1);
  if (doubled === undefined) return ask.pass(platforms.join(", ") || "nothing is promised for it");
  const names = makers(doubled, (kind) => once.has(kind)).map(({ name }) => name);
  return ask.fail("build.artifact-duplicate", `expected ${doubled} from one leg, found it in ${names.join(" and ")}`);
}

function judgeNames(legs: BuildLeg[]): Check {
  const ask = question("names", "Each name stands for one content, whatever the leg");
  const files = legs.flatMap((leg) => leg.files);
  const rivals = rivalFiles(files);
  if (rivals.length === 0) return ask.pass(amount(files.length, "file"));
  return ask.fail("build.artifact-duplicate", `expected one content of ${rivals.join(", ")}, found several`);
}

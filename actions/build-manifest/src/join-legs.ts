import { type AdmittedRecord, admit, type Expectation, isRefusal, type Refusal } from "#src/domain/admission";
import { artifactName } from "#src/domain/artifact-name";
import {
  type BuildManifest,
  buildManifestSchema,
  filesFolder,
  imagesFolder,
  manifestAttachment,
  modulesFolder,
} from "#src/domain/build-manifest";
import { joinFiles, joinTools } from "#src/domain/built-files";
import { legAttachment } from "#src/domain/chain";
import { canonicalJson } from "#src/domain/digest";
import { newestLegs } from "#src/domain/leg-artifacts";
import { parseJson } from "#src/domain/parse-json";
import type { Attachment, StageReport } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import { conclude } from "#src/domain/verdict";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { Planned } from "#src/stage-context";
import { type BuildRun, composeManifest } from "./compose-manifest.ts";
import { type BuildLeg, judgeLegs } from "./judge-legs.ts";
import { subjectOf } from "./subject-of.ts";

/** The run whose artifacts hold the legs: what its records must say, and which attempt of it this is. */
export interface JoinedRun {
  expected: Expectation;
  store: LedgerStore;
  run: BuildRun & { attempt: number };
}

/**
 * Joins the legs of a build, such as the jobs of a matrix, into one record: every leg of this run by its artifact's name, its
 * files, and a copy of its record as `legs/<leg>.json`, so that the chain can be verified from here.
 */
export async function joinLegs(planned: Planned, { expected, store, run }: JoinedRun): Promise<StageReport> {
  const claims = newestLegs(await store.list(), "build-manifest", run.attempt);
  const legs = await Promise.all(
    claims.map(async ({ artifact, leg, attempt }): Promise<BuildLeg> => {
      const arrival =
        attempt > run.attempt
          ? ahead(artifact, attempt, run.attempt)
          : admit({ artifact, digest: undefined, files: await store.fetch(artifact) }, expected);
      return { name: leg, arrival, ...madeBy(arrival) };
    }),
  );
  const checks = judgeLegs(planned, legs, targetsOf(planned.plan));
  const passed = legs.flatMap(({ arrival, files }) => (isRefusal(arrival) || files.length === 0 ? [] : arrival));
  const report = { checks, consumed: passed, next: "Correct what blocks, and build again." };
  return conclude(checks).result === "pass" ? { ...report, ...joinedReport(planned, { legs, passed, run }) } : report;
}

/** A leg that did not pass has no manifest to read. */
function madeBy(arrival: AdmittedRecord | Refusal): Pick<BuildManifest, "files" | "toolchain"> {
  if (isRefusal(arrival) || arrival.record.verdict.result !== "pass") return { files: [], toolchain: [] };
  const manifest = buildManifestSchema.safeParse(parseJson(arrival.attachments.get(manifestAttachment) ?? ""));
  return manifest.success ? manifest.data : { files: [], toolchain: [] };
}

function joinedReport(
  { release }: Planned,
  { legs, passed, run }: { legs: BuildLeg[]; passed: AdmittedRecord[]; run: JoinedRun["run"] },
) {
  const files = joinFiles(legs.flatMap((leg) => leg.files));
  const toolchain = joinTools(legs.flatMap((leg) => leg.toolchain));
  const manifest = composeManifest(files, release, { run: { id: run.id, workflow: run.workflow }, toolchain });
  const carried = new Map(passed.flatMap(({ attachments }) => [...attachments].filter(([name]) => travels(name))));
  const attachments: Attachment[] = [
    { name: manifestAttachment, content: canonicalJson(manifest) },
    ...[...carried].map(([name, content]) => ({ name, content })),
    ...passed.map(({ record }) => ({ name: legAttachment(record.leg), content: canonicalJson(record) })),
  ];
  return {
    subjects: manifest.files.map(subjectOf),
    attachments,
    outputs: {
      artifact: artifactName("build-manifest", "", run.attempt),
      files: [...new Set(manifest.files.map(({ name }) => name))].join("\n"),
    },
    next: "Publish exactly these bytes.",
  };
}

function travels(name: string): boolean {
  return [filesFolder, imagesFolder, modulesFolder].some((folder) => name.startsWith(`${folder}/`));
}

function ahead(artifact: string, attempt: number, reached: number): Refusal {
  const because = `expected an attempt up to ${reached}, which is this one, found attempt ${attempt}`;
  return { artifact, code: "all.evidence-mismatch", because };
}

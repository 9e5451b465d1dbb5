import type * as z from "zod";
import { lines } from "#src/contract/fields";
import { readTar } from "#src/domain/archive/tar";
import { artifactName } from "#src/domain/artifact-name";
import { type BuiltWith, manifestAttachment } from "#src/domain/build-manifest";
import { placeOf } from "#src/domain/built-files";
import { canonicalJson, hexDigest } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { recordOf } from "#src/domain/ledger";
import type { NamedRelease } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import { pinsOf } from "#src/domain/toolchain";
import { conclude } from "#src/domain/verdict";
import type { BuiltFiles } from "#src/ports/built-files";
import type { LedgerStore } from "#src/ports/ledger-store";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import { askToolchain, type BuildJob } from "./ask-toolchain.ts";
import { type BuildRun, composeManifest, describe, type Entry } from "./compose-manifest.ts";
import type { contract } from "./contract.ts";
import { judgeCommit, judgeMatches, judgeNames } from "./decide.ts";
import { joinLegs } from "./join-legs.ts";
import { judgeFilePlatforms, type PlatformPolicy, platformsByRule } from "./judge-platforms.ts";
import { type OpenedKind, openFiles, packagesOf } from "./open-files.ts";
import type { OpenedFile } from "./opening.ts";
import { readPlatformRule } from "./platform-rules.ts";
import { subjectOf } from "./subject-of.ts";

type Given = z.output<typeof contract.inputs>;

/** Where the build happened: the checkout with what it made, and the run (with its attempt). */
export interface BuildPorts {
  files: BuiltFiles;
  store: LedgerStore;
  run: BuildRun & { attempt: number };
  job: BuildJob;
}

/** Records what was built, or joins what the legs of this run have recorded. Throws `all.input-invalid` without files to record. */
export async function buildManifest(given: Given, context: StageContext, ports: BuildPorts): Promise<StageReport> {
  const planned = requirePlan(context);
  if (given.mode === "join") return joinLegs(planned, { ...ports, expected: context.expected });
  const { kind, files } = given;
  if (kind !== "" && files !== "") return recordFiles({ ...given, kind, planned }, context, ports);
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected the inputs kind and files, found no ${kind === "" ? "kind" : "files"}`,
    hint: "Say what was built, or set `mode: join` to join what other jobs have recorded.",
  });
}

type Recording = Omit<Given, "kind"> & { kind: OpenedKind; planned: Planned };

/** Records files, from which commit they were built, with every digest. Throws `build.sha-mismatch` where there is no checkout. */
async function recordFiles(
  { planned, ...given }: Recording,
  context: StageContext,
  ports: BuildPorts,
): Promise<StageReport> {
  const { release, config } = planned;
  const commits = await ports.files.commits(release.tag);
  const matches = await Promise.all(
    lines(given.files).map(async (pattern) => ({ pattern, files: await ports.files.matching(pattern) })),
  );
  const found = matches
    .flatMap((match) => match.files)
    .filter(({ regular, unread }) => regular && unread === undefined);
  const distinct = [...new Map(found.map((file) => [file.path, file])).values()];
  const packages = packagesOf(given.kind, config.channels);
  const tree = given.kind === "go-module" ? readTar(await ports.files.archive()) : [];
  const platforms = platformPolicy(given, planned);
  const programs = lines(given.programs);
  const opened = openFiles(given.kind, distinct, { release, packages, programs, tree, image: given.image }).map((one) =>
    placed(one, platforms),
  );
  const entries = opened.map(({ entry }) => entry);
  const made = await askToolchain(pinsOf(planned.plan), given.kind, ports.job);
  const checks = [
    judgeCommit(release, commits, recordOf(context.ledger, "auto-tag")?.record),
    ...made.checks,
    judgeMatches(matches),
    judgeNames(digestsByName(entries), entries),
    ...judgeFilePlatforms(entries, platforms),
    ...byName(opened).map((one) => one.checks),
  ].flat();
  const report = { checks, next: "Correct what blocks, and build again." };
  return conclude(checks).result === "pass"
    ? { ...report, ...builtReport(byName(opened), release, { given, ports, toolchain: made.toolchain }) }
    : report;
}

function platformPolicy({ platform }: Pick<Given, "platform">, { plan, release }: Planned): PlatformPolicy {
  const rules = lines(platform).flatMap((line) => readPlatformRule(line) ?? []);
  return { rules, version: release.version, targets: targetsOf(plan) };
}

/** What the rules say of a file's platform goes before what it says of itself. */
function placed(opened: OpenedFile, policy: PlatformPolicy): OpenedFile {
  const { entry } = opened;
  return { ...opened, entry: { ...entry, platform: platformsByRule(entry.name, policy)[0] ?? entry.platform } };
}

function byName(opened: OpenedFile[]): OpenedFile[] {
  return [...new Map(opened.map((one) => [placeOf(one.entry), one])).values()];
}

function builtReport(
  files: OpenedFile[],
  release: NamedRelease,
  { given, ports, toolchain }: { given: Pick<Given, "leg">; ports: BuildPorts; toolchain: BuiltWith[] },
) {
  const made = { run: { id: ports.run.id, workflow: ports.run.workflow }, toolchain };
  const manifest = composeManifest(
    files.map(({ entry }) => describe(entry)),
    release,
    made,
  );
  return {
    subjects: manifest.files.map(subjectOf),
    attachments: [
      { name: manifestAttachment, content: canonicalJson(manifest) },
      ...files.flatMap(({ travels }) => travels),
    ],
    outputs: {
      artifact: artifactName("build-manifest", given.leg, ports.run.attempt),
      files: [...new Set(manifest.files.map(({ name }) => name))].join("\n"),
    },
    next: "Publish exactly these bytes.",
  };
}

function digestsByName(entries: Entry[]): Map<string, Set<string>> {
  const digests = new Map<string, Set<string>>();
  for (const entry of entries) {
    const place = placeOf(entry);
    digests.set(place, (digests.get(place) ?? new Set()).add(hexDigest("sha256", entry.bytes)));
  }
  return digests;
}

import type * as z from "zod";
import { lines } from "#src/contract/fields";
import { artifactName } from "#src/domain/artifact-name";
import { filesFolder, manifestAttachment } from "#src/domain/build-manifest";
import { canonicalJson, hexDigest } from "#src/domain/digest";
import { recordOf } from "#src/domain/ledger";
import type { NamedRelease } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import { targetsOf } from "#src/domain/targets";
import { conclude } from "#src/domain/verdict";
import type { BuiltFiles } from "#src/ports/built-files";
import { type Planned, requirePlan, type StageContext } from "#src/stage-context";
import { type BuildRun, composeManifest, describe, type Entry } from "./compose-manifest.ts";
import type { contract } from "./contract.ts";
import { judgeCommit, judgeMatches, judgeNames } from "./decide.ts";
import { judgeFilePlatforms, type PlatformPolicy, platformsByRule } from "./judge-platforms.ts";
import { openFiles, packagesOf } from "./open-files.ts";
import { readPlatformRule } from "./platform-rules.ts";
import { subjectOf } from "./subject-of.ts";

type Given = z.output<typeof contract.inputs>;

/** Where the build happened: the checkout with what it made, and the run (with its attempt). */
export interface BuildPorts {
  files: BuiltFiles;
  run: BuildRun & { attempt: number };
}

/** Records what was built, from which commit, with every digest. Throws `build.sha-mismatch` where there is no checkout. */
export async function buildManifest(given: Given, context: StageContext, ports: BuildPorts): Promise<StageReport> {
  const planned = requirePlan(context);
  const { release, config } = planned;
  const commits = await ports.files.commits(release.tag);
  const matches = await Promise.all(
    lines(given.files).map(async (pattern) => ({ pattern, files: await ports.files.matching(pattern) })),
  );
  const found = matches.flatMap((match) => match.files).filter(({ regular }) => regular);
  const distinct = [...new Map(found.map((file) => [file.path, file])).values()];
  const packages = packagesOf(given.kind, config.channels);
  const opened = openFiles(given.kind, distinct, { release, packages, programs: lines(given.programs) });
  const platforms = platformPolicy(given, planned);
  const entries = opened.map(({ entry }) => placed(entry, platforms));
  const checks = [
    judgeCommit(release, commits, recordOf(context.ledger, "auto-tag")?.record),
    judgeMatches(matches),
    judgeNames(digestsByName(entries)),
    ...judgeFilePlatforms(entries, platforms),
    ...new Map(opened.map((one) => [one.entry.name, one.checks])).values(),
  ].flat();
  const report = { checks, next: "Correct what blocks, and build again." };
  return conclude(checks).result === "pass"
    ? { ...report, ...builtReport(entries, release, { given, ports }) }
    : report;
}

function platformPolicy({ platform }: Given, { plan, release }: Planned): PlatformPolicy {
  const rules = lines(platform).flatMap((line) => readPlatformRule(line) ?? []);
  return { rules, version: release.version, targets: targetsOf(plan) };
}

/** What the rules say of a file's platform goes before what it says of itself. */
function placed(entry: Entry, policy: PlatformPolicy): Entry {
  return { ...entry, platform: platformsByRule(entry.name, policy)[0] ?? entry.platform };
}

function builtReport(entries: Entry[], release: NamedRelease, { given, ports }: { given: Given; ports: BuildPorts }) {
  const distinct = [...new Map(entries.map((entry) => [entry.name, entry])).values()];
  const manifest = composeManifest(distinct.map(describe), release, {
    id: ports.run.id,
    workflow: ports.run.workflow,
  });
  const carried = distinct.filter(({ kind }) => kind !== "git-tree");
  return {
    subjects: manifest.files.map(subjectOf),
    attachments: [
      { name: manifestAttachment, content: canonicalJson(manifest) },
      ...carried.map(({ name, bytes }) => ({ name: `${filesFolder}/${name}`, content: bytes })),
    ],
    outputs: {
      artifact: artifactName("build-manifest", given.leg, ports.run.attempt),
      files: manifest.files.map(({ name }) => name).join("\n"),
    },
    next: "Publish exactly these bytes.",
  };
}

function digestsByName(entries: Entry[]): Map<string, Set<string>> {
  const digests = new Map<string, Set<string>>();
  for (const { name, bytes } of entries) {
    digests.set(name, (digests.get(name) ?? new Set()).add(hexDigest("sha256", bytes)));
  }
  return digests;
}

import type * as z from "zod";
import { lines } from "#src/contract/fields";
import { artifactName } from "#src/domain/artifact-name";
import { type BuiltFile, filesFolder, manifestAttachment } from "#src/domain/build-manifest";
import { canonicalJson, hexDigest } from "#src/domain/digest";
import { recordOf } from "#src/domain/ledger";
import type { NamedRelease } from "#src/domain/release";
import type { StageReport } from "#src/domain/report";
import type { Subject } from "#src/domain/subject";
import { conclude } from "#src/domain/verdict";
import type { BuiltFiles } from "#src/ports/built-files";
import { requirePlan, type StageContext } from "#src/stage-context";
import { type BuildRun, composeManifest, nameOfFile, type OpenedFile } from "./compose-manifest.ts";
import type { contract } from "./contract.ts";
import { judgeCommit, judgeMatches, judgeNames } from "./decide.ts";
import { judgePackage } from "./judge-package.ts";
import { openPackage } from "./packed-package.ts";

type Given = z.output<typeof contract.inputs>;

/** Where the build happened: the checkout with what it made, and the run (with its attempt). */
export interface BuildPorts {
  files: BuiltFiles;
  run: BuildRun & { attempt: number };
}

/** Records what was built, from which commit, with every digest. Throws `build.sha-mismatch` where there is no checkout. */
export async function buildManifest(given: Given, context: StageContext, ports: BuildPorts): Promise<StageReport> {
  const { release, config } = requirePlan(context);
  const commits = await ports.files.commits(release.tag);
  const matches = await Promise.all(
    lines(given.files).map(async (pattern) => ({ pattern, files: await ports.files.matching(pattern) })),
  );
  const found = matches.flatMap((match) => match.files).filter(({ regular }) => regular);
  const files = found.map((file): OpenedFile => {
    const opened = given.kind === "npm" ? openPackage(file.bytes) : undefined;
    return { name: nameOfFile(given.kind, file), file, opened };
  });
  const distinct = [...new Map(files.map((one) => [one.name, one])).values()];
  const packages = config.channels.flatMap((channel) => (channel.kind === "npm" ? [channel.package] : []));
  const policy = { version: release.version, packages };
  const checks = [
    judgeCommit(release, commits, recordOf(context.ledger, "auto-tag")?.record),
    judgeMatches(matches),
    judgeNames(digestsByName(files)),
    ...distinct.flatMap(({ name, opened }) => (opened ? judgePackage(name, opened, policy) : [])),
  ];
  const report = { checks, next: "Correct what blocks, and build again." };
  return conclude(checks).result === "pass"
    ? { ...report, ...builtReport(distinct, release, { given, ports }) }
    : report;
}

function builtReport(
  files: OpenedFile[],
  release: NamedRelease,
  { given, ports }: { given: Given; ports: BuildPorts },
) {
  const manifest = composeManifest(files, release, { id: ports.run.id, workflow: ports.run.workflow });
  const digestOf = ({ kind, sha256, sha512 }: BuiltFile): Subject["digest"] =>
    kind === "npm" ? { sha256, sha512 } : { sha256 };
  const tarballs = files.filter(({ opened }) => opened !== undefined);
  return {
    subjects: manifest.files.map((file) => ({ name: file.name, digest: digestOf(file) })),
    attachments: [
      { name: manifestAttachment, content: canonicalJson(manifest) },
      ...tarballs.map(({ name, file }) => ({ name: `${filesFolder}/${name}`, content: file.bytes })),
    ],
    outputs: {
      artifact: artifactName("build-manifest", given.leg, ports.run.attempt),
      files: manifest.files.map(({ name }) => name).join("\n"),
    },
    next: "Publish exactly these bytes.",
  };
}

function digestsByName(files: OpenedFile[]): Map<string, Set<string>> {
  const digests = new Map<string, Set<string>>();
  for (const { name, file } of files) {
    digests.set(name, (digests.get(name) ?? new Set()).add(hexDigest("sha256", file.bytes)));
  }
  return digests;
}

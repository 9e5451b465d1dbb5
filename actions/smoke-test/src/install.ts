import type { BuiltFile } from "#src/domain/build-manifest";
import { hexDigest } from "#src/domain/digest";
import type { PackageArchive, PackageInstalls } from "#src/ports/package-install";
import type { RepositoryCopy } from "#src/ports/repository-copy";
import type { Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";
import { buildFromSource } from "./build-from-source.ts";
import type { Source } from "./source.ts";
import type { Installation } from "./trial.ts";

/** What an installation needs. */
export interface InstallPorts {
  packages: PackageInstalls;
  repository: RepositoryCopy;
  shell: Shell;
}

/** The built archives of a file, where the scenario takes it from the build rather than from the channel. */
export type BuiltArchives = (file: BuiltFile) => PackageArchive[];

/** Where the product goes, and where its built archives are. */
export interface InstallPlace {
  workspace: Workspace;
  archives: BuiltArchives;
}

/** Takes the product into the workspace. Bytes that are not the built ones are never installed. */
export async function install(source: Source, place: InstallPlace, ports: InstallPorts): Promise<Installation> {
  switch (source.kind) {
    case "none":
    case "refused":
      return source;
    case "repository":
      return clone(source, place, ports);
    case "build": {
      const copy = await clone({ ref: source.commit, commit: source.commit }, place, ports);
      return copy.kind === "repository" && copy.head === copy.wanted
        ? buildFromSource(source, place.workspace, ports)
        : copy;
    }
    case "package":
      return installPackage(source, place, ports);
  }
}

async function clone(
  { ref, commit }: { ref: string; commit: string | undefined },
  { workspace }: InstallPlace,
  { repository }: InstallPorts,
): Promise<Installation> {
  const outcome = await repository.clone(ref, workspace);
  if ("trouble" in outcome) return { kind: "trouble", step: "clone", ...outcome.trouble };
  return { kind: "repository", wanted: commit ?? outcome.head, head: outcome.head };
}

async function installPackage(
  { client, wanted, files, served }: Extract<Source, { kind: "package" }>,
  { workspace, archives }: InstallPlace,
  { packages }: InstallPorts,
): Promise<Installation> {
  const download = served
    ? await packages[client].download(wanted, workspace)
    : { archives: (files ?? []).flatMap(archives) };
  if ("trouble" in download) return { kind: "trouble", step: "download", ...download.trouble };
  const wrong = files && wrongBytes(download.archives, files);
  if (wrong) return { kind: "refused", finding: { code: "smoke.wrong-bytes", class: "product", because: wrong } };
  const outcome = await packages[client].install(download.archives, wanted, workspace);
  if ("trouble" in outcome) return { kind: "trouble", step: "install", ...outcome.trouble };
  return { kind: "package", wanted, found: outcome };
}

/** Compares by digest alone: a registry may give a file another name. */
function wrongBytes(taken: PackageArchive[], files: BuiltFile[]): string | undefined {
  const wanted = files.map(({ name, sha512 }) => `${name} with SHA-512 ${sha512}`).join(" or ");
  if (taken.length === 0) return `expected the bytes of ${wanted}, found nothing`;
  const digests = taken.map((archive) => ({ ...archive, sha512: hexDigest("sha512", archive.bytes) }));
  const foreign = digests.filter(({ sha512, registry }) =>
    files.every((file) => file.sha512 !== sha512 && (registry === undefined || file.registry !== registry)),
  );
  if (foreign.length === 0) return undefined;
  return `expected the bytes of ${wanted}, found ${foreign.map(({ name, sha512 }) => `${name} with ${sha512}`).join(", ")}`;
}

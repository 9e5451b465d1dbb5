import type { BuiltFile } from "#src/domain/build-manifest";
import { hexDigest } from "#src/domain/digest";
import type { Clock } from "#src/ports/clock";
import type { ClientTrouble, PackageInstall } from "#src/ports/package-install";
import type { RepositoryCopy } from "#src/ports/repository-copy";
import type { Workspace } from "#src/ports/workspaces";
import { classifyTrouble } from "./classify-trouble.ts";
import type { Source } from "./source.ts";
import type { Installation } from "./trial.ts";

/** What an installation needs. */
export interface InstallPorts {
  packages: PackageInstall;
  repository: RepositoryCopy;
  clock: Clock;
}

/** The built archive of a file, where the scenario takes it from the build rather than from the channel. */
export type BuiltArchives = (file: BuiltFile) => Uint8Array | undefined;

const waits = [10_000, 20_000];

/** Takes the product into the workspace. Bytes that are not the built ones are never installed. */
export async function install(
  source: Source,
  { workspace, archives }: { workspace: Workspace; archives: BuiltArchives | undefined },
  ports: InstallPorts,
): Promise<Installation> {
  switch (source.kind) {
    case "none":
    case "refused":
      return source;
    case "repository": {
      const { outcome, tries } = await patiently(() => ports.repository.clone(source.ref, workspace), ports.clock);
      if ("trouble" in outcome) return { kind: "trouble", step: "clone", ...outcome.trouble, tries };
      return { kind: "repository", wanted: source.commit, head: outcome.head };
    }
    case "package":
      return installPackage(source, { workspace, archives }, ports);
  }
}

async function installPackage(
  { wanted, file }: Extract<Source, { kind: "package" }>,
  { workspace, archives }: { workspace: Workspace; archives: BuiltArchives | undefined },
  { packages, clock }: InstallPorts,
): Promise<Installation> {
  const download = archives
    ? { outcome: builtArchive(file, archives), tries: 1 }
    : await patiently(() => packages.download(wanted, workspace), clock);
  if ("trouble" in download.outcome) {
    return { kind: "trouble", step: "download", ...download.outcome.trouble, tries: download.tries };
  }
  const { archive } = download.outcome;
  const sha512 = archive ? hexDigest("sha512", archive) : "nothing";
  if (!archive || sha512 !== file.sha512) {
    const because = `expected the bytes of ${file.name} with SHA-512 ${file.sha512}, found ${sha512}`;
    return { kind: "refused", finding: { code: "smoke.wrong-bytes", class: "product", because } };
  }
  const { outcome, tries } = await patiently(() => packages.install(archive, workspace), clock);
  if ("trouble" in outcome) return { kind: "trouble", step: "install", ...outcome.trouble, tries };
  return { kind: "package", wanted, found: outcome };
}

function builtArchive(file: BuiltFile, archives: BuiltArchives): { archive: Uint8Array | undefined } {
  return { archive: archives(file) };
}

/** Tries up to three times where waiting may help; what the product is to blame for is not tried again. */
async function patiently<Outcome extends object>(
  attempt: () => Promise<Outcome | ClientTrouble>,
  clock: Clock,
): Promise<{ outcome: Outcome | ClientTrouble; tries: number }> {
  for (const [index, wait] of waits.entries()) {
    const outcome = await attempt();
    if (!("trouble" in outcome) || classifyTrouble(outcome.trouble.said) === "product") {
      return { outcome, tries: index + 1 };
    }
    await clock.sleep(wait);
  }
  return { outcome: await attempt(), tries: waits.length + 1 };
}

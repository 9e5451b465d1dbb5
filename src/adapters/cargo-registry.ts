import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type CargoAnswer, cargoAnswer } from "#src/adapters/cargo-answers";
import { cargoHome, copyCredentials, copyRegistries } from "#src/adapters/cargo-configuration";
import { keptCrate } from "#src/adapters/cargo-crates";
import { cargoEnvironment, cargoMissing } from "#src/adapters/cargo-environment";
import { type IndexedVersion, indexedVersions } from "#src/adapters/cargo-index-cache";
import { type ClientPlace, inCleanPlace } from "#src/adapters/clean-place";
import { hexDigest } from "#src/domain/digest";
import { newestServed } from "#src/domain/version-spelling";
import type {
  ChannelLook,
  PackageChannel,
  PointerSighting,
  VersionSighting,
  WantedPackage,
} from "#src/ports/package-channel";
import type { Shell } from "#src/ports/shell";

/**
 * Asks the registry that cargo is configured for, or the one that the channel names, by cargo itself, each time from a clean
 * home with cold caches. The index is what cargo was told of it; the crate is what cargo downloaded.
 */
export function cargoRegistry(shell: Shell, place: ClientPlace): PackageChannel {
  return {
    async look(wanted) {
      if (!(await shell.which("cargo"))) throw cargoMissing();
      return inCleanPlace(place, "cargo", async (folder) => {
        const answer = await ask(folder, wanted, { shell, place });
        const home = join(folder, "cargo");
        return lookFrom(answer, wanted, { home, indexed: await indexedVersions(home, wanted.name) });
      });
    },
  };
}

async function ask(
  folder: string,
  { name, version, registry = "" }: WantedPackage,
  { shell, place }: { shell: Shell; place: ClientPlace },
): Promise<CargoAnswer> {
  const { workspace, source = process.env, patience = 60_000 } = place;
  const home = { from: cargoHome(source), to: join(folder, "cargo") };
  await copyRegistries(home);
  await copyCredentials(home);
  const directory = join(folder, "project");
  await copyRegistries({ from: join(workspace, ".cargo"), to: join(directory, ".cargo") });
  await mkdir(join(folder, "home"));
  const environment = { ...cargoEnvironment(folder, source), SPEC: `${name}@${version}`, REGISTRY: registry };
  const line = registry === "" ? 'cargo info -- "$SPEC"' : 'cargo info --registry "$REGISTRY" -- "$SPEC"';
  return cargoAnswer(await shell.run({ line, directory, environment, timeout: patience }));
}

async function lookFrom(
  answer: CargoAnswer,
  wanted: WantedPackage,
  { home, indexed }: { home: string; indexed: IndexedVersion[] | undefined },
): Promise<ChannelLook> {
  const listed = indexed?.find(({ vers }) => vers === wanted.version);
  const pointers = latestOf(answer, indexed);
  switch (answer.answer) {
    case "downloaded":
      return { version: await served(home, wanted), pointers };
    case "not-served":
      return {
        version: { seen: "accepted", because: `listed, and its crate is not served: ${answer.because}` },
        pointers,
      };
    case "not-offered":
      return { version: notOffered(listed), pointers, known: indexed !== undefined && indexed.length > 0 };
    case "corrupt":
    case "unknown":
      return { version: { seen: answer.answer, because: answer.because }, pointers };
  }
}

/** What the index lists and cargo does not offer is yanked: it is served still to who has locked it. */
function notOffered(listed: IndexedVersion | undefined): VersionSighting {
  if (!listed) return { seen: "absent" };
  if (!listed.yanked) return { seen: "unknown", because: "the index lists the version, and cargo does not offer it" };
  return { seen: "withdrawn", files: [{ name: null, digests: { sha256: listed.cksum } }], because: "yanked" };
}

/** The bytes of the crate as cargo has kept it. */
async function served(home: string, wanted: WantedPackage): Promise<VersionSighting> {
  const crate = await keptCrate(home, wanted);
  if (!crate) return { seen: "unknown", because: "expected one crate where cargo keeps them, found none or several" };
  const { bytes } = crate;
  const digests = { sha256: hexDigest("sha256", bytes), sha512: hexDigest("sha512", bytes) };
  return { seen: "served", files: [{ name: null, digests, size: bytes.byteLength }] };
}

/** What cargo takes without being told a version: the highest stable one that is not yanked. */
function latestOf(answer: CargoAnswer, indexed: IndexedVersion[] | undefined): PointerSighting {
  if (answer.answer === "unknown") return { unknown: answer.because };
  if (indexed === undefined) {
    return answer.answer === "not-offered"
      ? new Map()
      : { unknown: "expected cargo to keep what the index lists, found nothing" };
  }
  const offered = indexed.filter(({ yanked }) => !yanked).map(({ vers }) => vers);
  const latest = newestServed(offered);
  return latest === undefined ? new Map() : new Map([["latest", latest]]);
}

import { type ClientPlace, inCleanPlace } from "#src/adapters/clean-place";
import { type PipConfiguration, pipConfiguration } from "#src/adapters/pip-configuration";
import { cleanPip, type Pip, pipProgram } from "#src/adapters/pip-program";
import { belongsTo } from "#src/adapters/python-filenames";
import { type PythonIndex, pythonIndex } from "#src/adapters/python-index";
import type { IndexedFile } from "#src/adapters/python-index-page";
import { lookAtFiles, lookBesideTheList } from "#src/adapters/python-version-look";
import { pythonName, pythonVersion } from "#src/domain/python-names";
import { semverOfPython } from "#src/domain/python-semver";
import { newestServed } from "#src/domain/version-spelling";
import type { Clock } from "#src/ports/clock";
import type { ChannelLook, PackageChannel, PointerSighting, WantedPackage } from "#src/ports/package-channel";
import type { Shell } from "#src/ports/shell";

/** Milliseconds for one pip command, or for the beginning of an answer of the index. */
const patient = 60_000;
/** Milliseconds for one whole file. */
const forContent = 600_000;

interface Asked {
  index: PythonIndex;
  pip: Pip;
  folder: string;
}

/**
 * Asks the index that pip is configured for: in the protocol of indexes for what it lists, yanks and serves, and by pip itself,
 * each time with a new home and without a cache, for what its users get.
 */
export function pythonPackages(shell: Shell, place: ClientPlace, clock: Pick<Clock, "now">): PackageChannel {
  const { source = process.env, patience = patient } = place;
  return {
    async look(wanted) {
      const program = await pipProgram(shell);
      return inCleanPlace(place, "pip", async (folder) => {
        const configured = await pipConfiguration({ shell, program, directory: folder, source });
        if ("unknown" in configured) return untold(configured.unknown);
        const { index: address, variables } = configured;
        const pip = await cleanPip(shell, program, { folder, source, variables, patience });
        const index = pythonIndex({ address, clock, patience: { answer: patience, content: forContent } });
        return { ...(await lookAt({ index, pip, folder }, wanted)), notes: { index: publicAddress(configured) } };
      });
    },
  };
}

async function lookAt(asked: Asked, { name, version }: WantedPackage): Promise<ChannelLook> {
  const spelling = pythonVersion(version);
  if (spelling === undefined) return untold(`expected a version that Python has a spelling for, found ${version}`);
  const project = pythonName(name);
  const list = await asked.index.list(project);
  if ("unknown" in list) {
    const { unknown, retryAt } = list;
    return { ...untold(unknown), ...(retryAt ? { retryAt } : {}) };
  }
  const files = "files" in list ? list.files : [];
  const own = files.filter(({ filename }) => belongsTo(filename, project, spelling));
  const asker = { ...asked, project, spelling };
  const answer = own.length === 0 ? await lookBesideTheList(asker) : await lookAtFiles(asker, own);
  return { ...answer, pointers: await latestOf(asked.pip, project, files), known: files.length > own.length };
}

/** What pip takes of a project without being told a version. */
async function latestOf(pip: Pip, project: string, files: IndexedFile[]): Promise<PointerSighting> {
  if (files.length === 0) return new Map();
  const answer = await pip('index versions --ignore-requires-python -- "$PROJECT"', { PROJECT: project });
  if ("unknown" in answer) return { unknown: answer.unknown };
  if ("corrupt" in answer) return { unknown: answer.corrupt };
  // Of a project with wheels for other machines only, pip finds no version on this one.
  const latest = "said" in answer ? /^\S+ \(([^)\s]+)\)$/m.exec(answer.said)?.[1] : newestListed(project, files);
  if (latest === undefined) return { unknown: "expected pip to name the newest version, found other words" };
  return new Map([["latest", semverOfPython(latest) ?? latest]]);
}

function newestListed(project: string, files: IndexedFile[]): string {
  const versions = files.flatMap(({ filename, yanked }) => {
    const spelling = /^[^-]+-([^-]+)-.*\.whl$/.exec(filename)?.[1] ?? "";
    const version = pythonVersion(spelling);
    return yanked === undefined && version !== undefined && belongsTo(filename, project, spelling) ? [version] : [];
  });
  return newestServed(versions) ?? "none";
}

/** The address of the index without a login. */
function publicAddress({ index }: PipConfiguration): string {
  return `${index.origin}${index.pathname}`;
}

function untold(because: string): ChannelLook {
  return { version: { seen: "unknown", because }, pointers: { unknown: because } };
}

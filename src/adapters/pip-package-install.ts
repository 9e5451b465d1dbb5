import { access, constants, mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import * as z from "zod";
import { succeeded, troubleOf, unexpected } from "#src/adapters/client-trouble";
import { type PipConfiguration, pipConfiguration } from "#src/adapters/pip-configuration";
import { pipEnvironment, pipProgram } from "#src/adapters/pip-program";
import { parseJson } from "#src/domain/parse-json";
import { pythonName, pythonVersion } from "#src/domain/python-names";
import type {
  ClientTrouble,
  InstalledPackage,
  PackageArchive,
  PackageInstall,
  PackageVersion,
} from "#src/ports/package-install";
import type { Execution, Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

const patience = 10 * 60_000;
const programs = process.platform === "win32" ? "venv/Scripts" : "venv/bin";

const described = z.object({
  name: z.string(),
  version: z.string(),
  location: z.string(),
  programs: z.array(z.string()),
  extras: z.array(z.string()),
});

/** Tells of a distribution what its metadata says, without a line of its own code. */
const describeScript = `
import importlib.metadata, json, sys
found = importlib.metadata.distribution(sys.argv[1])
points = [point.name for point in found.entry_points if point.group in ("console_scripts", "gui_scripts")]
extras = found.metadata.get_all("Provides-Extra") or []
print(json.dumps({"name": found.metadata["Name"], "version": found.version, "location": str(found.locate_file("")), "programs": points, "extras": extras}))
`;

/** Runs a line in the workspace, with nothing of the job's pip but what is lent. */
type Run = (line: string, variables: Record<string, string>) => Promise<Execution>;

/**
 * Installs wheels with pip, each into a new virtual environment that holds nothing else. The index and its login are lent to
 * pip alone; where there is a login, dependencies come as wheels only, as building one would run foreign code beside it.
 */
export function pipPackageInstall(shell: Shell, source: NodeJS.ProcessEnv = process.env): PackageInstall {
  return {
    async download({ name, version }, into) {
      const setting = await open(shell, source, into);
      if ("trouble" in setting) return setting;
      const folder = await mkdtemp(join(into.root, "download-"));
      const spelling = pythonVersion(version) ?? version;
      const variables = { ...setting.variables, DOWNLOADS: folder, SPEC: `${pythonName(name)}==${spelling}` };
      const line = `${setting.program} download --no-deps --only-binary=:all: --dest "$DOWNLOADS" -- "$SPEC"`;
      const execution = await setting.run(line, variables);
      const [wheel, ...others] = await readdir(folder);
      if (!succeeded(execution) || !wheel || others.length > 0) return troubleOf(execution);
      return { archives: [{ name: wheel, bytes: await readFile(join(folder, wheel)) }] };
    },
    async install(archives, wanted, into) {
      const setting = await open(shell, source, into);
      if ("trouble" in setting) return setting;
      const wheel = await suitableWheel(archives, wanted, { into, setting });
      if (typeof wheel !== "string") return wheel;
      const made = await setting.run('"$PYTHON" -m venv --without-pip venv', { PYTHON: setting.python });
      if (!succeeded(made)) return troubleOf(made);
      const wheels = setting.hasLogin ? "--only-binary=:all: " : "";
      const line = `${setting.program} --python ${programs}/python install ${wheels}-- "$WHEEL"`;
      const extras = wanted.backends ? `[${wanted.backends.join(",")}]` : "";
      const installed = await setting.run(line, { ...setting.variables, WHEEL: wheel + extras });
      return succeeded(installed) ? inspect(wanted, into, setting.run) : troubleOf(installed);
    },
  };
}

interface Setting {
  program: string;
  python: string;
  run: Run;
  variables: PipConfiguration["variables"];
  hasLogin: boolean;
}

async function open(shell: Shell, source: NodeJS.ProcessEnv, into: Workspace): Promise<Setting | ClientTrouble> {
  const program = await pipProgram(shell);
  const python = (await shell.which("python3")) ?? (await shell.which("python"));
  if (python === undefined) return { trouble: { ended: "no start", said: "expected python on PATH, found none" } };
  const configured = await pipConfiguration({ shell, program, directory: into.root, source });
  if ("unknown" in configured) return { trouble: { ended: "no start", said: configured.unknown } };
  const { PATH: _machine, ...clean } = pipEnvironment(source);
  // pip asks other programs who they are, and those may write to the home: that is not the product's doing.
  const home = join(into.root, "pip-home");
  await mkdir(home, { recursive: true });
  const environment = { ...clean, ...into.environment, HOME: home };
  const { index, variables } = configured;
  return {
    ...{ program, python, variables },
    hasLogin: index.username !== "" || index.password !== "",
    run: (line, more) =>
      shell.run({ line, directory: into.directory, environment: { ...environment, ...more }, timeout: patience }),
  };
}

/** Lets pip choose among the wheels of a version the one for this machine; what was built for others stays aside. */
async function suitableWheel(
  archives: PackageArchive[],
  { name, version }: PackageVersion,
  { into, setting }: { into: Workspace; setting: Setting },
): Promise<string | ClientTrouble> {
  const wheels = archives.filter((archive) => archive.name.endsWith(".whl"));
  if (wheels.length === 0) return unexpected(`expected a wheel of ${name} ${version}, found none`);
  const [offered, chosen] = [await mkdtemp(join(into.root, "wheels-")), await mkdtemp(join(into.root, "chosen-"))];
  for (const wheel of wheels) await writeFile(join(offered, basename(wheel.name)), wheel.bytes);
  const spec = `${pythonName(name)}==${pythonVersion(version) ?? version}`;
  const line = `${setting.program} download --no-index --no-deps --find-links "$OFFERED" --dest "$CHOSEN" -- "$SPEC"`;
  const execution = await setting.run(line, { OFFERED: offered, CHOSEN: chosen, SPEC: spec });
  const [wheel, ...others] = await readdir(chosen);
  if (!succeeded(execution)) return troubleOf(execution);
  return wheel && others.length === 0 ? join(chosen, wheel) : unexpected("expected one wheel for this machine");
}

async function inspect(
  wanted: PackageVersion,
  { root, directory }: Workspace,
  run: Run,
): Promise<InstalledPackage | ClientTrouble> {
  const script = join(root, "describe.py");
  await writeFile(script, describeScript);
  const execution = await run(`${programs}/python -I "$SCRIPT" "$NAME"`, {
    SCRIPT: script,
    NAME: pythonName(wanted.name),
  });
  const read = described.safeParse(parseJson(execution.output));
  if (!succeeded(execution) || !read.success) return troubleOf(execution);
  const { data } = read;
  const base = await realpath(directory);
  const found = data.programs.map(async (program) => ({
    name: program,
    resolved: await resolveProgram(base, join(directory, programs, program)),
  }));
  return {
    // Python has several spellings of one name and of one version.
    name: pythonName(data.name) === pythonName(wanted.name) ? wanted.name : data.name,
    version: pythonVersion(data.version) === pythonVersion(wanted.version) ? wanted.version : data.version,
    resolved: pathFrom(base, await realpath(data.location)),
    within: ["venv"],
    programs: await Promise.all(found),
    borrowed: (await readdir(join(directory, programs))).filter((name) => /^python[\d.]*(\.exe)?$/.test(name)),
    path: [programs],
    backends: data.extras.map((extra) => spelledAs(wanted, extra)),
    variables: { VIRTUAL_ENV: join(directory, "venv") },
  };
}

/** Spells an extra as it was wanted: Python has several spellings of one name. */
function spelledAs({ backends = [] }: PackageVersion, extra: string): string {
  return backends.find((backend) => pythonName(backend) === pythonName(extra)) ?? extra;
}

async function resolveProgram(base: string, program: string): Promise<string | undefined> {
  try {
    await access(program, constants.X_OK);
    return pathFrom(base, await realpath(program));
  } catch {
    return undefined;
  }
}

function pathFrom(base: string, path: string): string {
  return relative(base, path).split(sep).join("/");
}

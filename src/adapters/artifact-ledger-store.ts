import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Files } from "#src/domain/admission";
import { Failure } from "#src/domain/failure";
import type { LedgerStore } from "#src/ports/ledger-store";

/** An earlier run, and the token (`actions: read`) that its artifacts are asked for with. */
export interface EarlierRun {
  id: string;
  repository: string;
  token: string;
}

/** Reads the evidence of an earlier run, through GitHub's own client. Throws `all.auth-unhealthy` without a token. */
export function earlierLedger(temp: string, run: EarlierRun): Pick<LedgerStore, "fetch" | "list"> {
  if (run.token === "") throw tokenless(run.id);
  return {
    fetch: (artifact) => fetchArtifact(artifact, temp, run),
    list: async () => (await listArtifacts(run)).map(({ name }) => name),
  };
}

/** Keeps evidence in the run's artifacts, through GitHub's own client; `temp` is a folder for the files in between. */
export function artifactLedgerStore(temp: string): LedgerStore {
  return {
    fetch: (artifact) => fetchArtifact(artifact, temp),
    list: async () => (await listArtifacts()).map(({ name }) => name),
    save: (artifact, files) => saveArtifact(artifact, files, temp),
  };
}

/** The client weighs more than the rest of the suite, so it is a bundle of its own (dist/package.json names it), loaded at first use. */
async function loadClient() {
  const { DefaultArtifactClient } = await import(/* webpackIgnore: true */ "#artifact-client");
  return new DefaultArtifactClient();
}

async function listArtifacts(run?: EarlierRun) {
  const client = await loadClient();
  try {
    return (await client.listArtifacts({ latest: false, ...placeOf(run) })).artifacts;
  } catch (cause) {
    throw unreachable(`the list of artifacts of ${run ? `run ${run.id}` : "this run"}`, cause);
  }
}

function placeOf(run: EarlierRun | undefined) {
  if (!run) return {};
  const [repositoryOwner = "", repositoryName = ""] = run.repository.split("/");
  return { findBy: { token: run.token, workflowRunId: Number(run.id), repositoryOwner, repositoryName } };
}

async function fetchArtifact(name: string, temp: string, run?: EarlierRun): Promise<Files | "absent" | "altered"> {
  const found = (await listArtifacts(run)).find((artifact) => artifact.name === name);
  if (!found) return "absent";
  const folder = await mkdtemp(join(temp, "seaworthy-evidence-"));
  const client = await loadClient();
  try {
    const { digestMismatch } = await client.downloadArtifact(found.id, {
      path: folder,
      ...placeOf(run),
      ...(found.digest ? { expectedHash: found.digest } : {}),
    });
    if (digestMismatch) return "altered";
  } catch (cause) {
    throw unreachable(`artifact ${name}`, cause);
  }
  return readFolder(folder);
}

async function saveArtifact(name: string, files: Files, temp: string): Promise<void> {
  try {
    const folder = await mkdtemp(join(temp, "seaworthy-evidence-"));
    const paths = await Promise.all([...files].map(([path, bytes]) => writeInto(folder, path, bytes)));
    const client = await loadClient();
    await client.uploadArtifact(name, paths, folder);
  } catch (cause) {
    throw new Failure({
      kind: "upstream",
      code: "all.evidence-unwritable",
      message: `expected artifact ${name} to be stored, found: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: "Rerun the job. If the artifact exists already, rerun the whole run, so that the attempt changes.",
      cause,
    });
  }
}

async function writeInto(folder: string, path: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path)] as const);
  return new Map(await Promise.all(pairs));
}

function unreachable(what: string, cause: unknown): Failure {
  return new Failure({
    kind: "upstream",
    code: "all.upstream-unreachable",
    message: `expected ${what} from the artifact service, found: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: "Wait and rerun the job.",
    cause,
  });
}

function tokenless(run: string): Failure {
  return new Failure({
    kind: "permission",
    code: "all.auth-unhealthy",
    message: `expected a token for the artifacts of run ${run}, found none`,
    hint: "Pass one with `actions: read` in `github-token`.",
  });
}

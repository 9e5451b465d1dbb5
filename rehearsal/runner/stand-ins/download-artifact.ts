/** Stand-in for actions/download-artifact: fetches artifacts of this run with GitHub's own client, each held to its digest. */
import { join, matchesGlob, resolve } from "node:path";
import { type Artifact, DefaultArtifactClient } from "@actions/artifact";
import { getBooleanInput, getInput, info, setFailed, setOutput } from "@actions/core";

async function download(): Promise<void> {
  const name = getInput("name");
  const pattern = getInput("pattern");
  const target = resolve(process.env.GITHUB_WORKSPACE ?? "", getInput("path") || ".");
  if (getInput("digest-mismatch") !== "error")
    throw new Error("'digest-mismatch' other than 'error' is not emulated by this stand-in");
  const client = new DefaultArtifactClient();
  const wanted = name === "" ? await list(client, pattern) : [(await client.getArtifact(name)).artifact];
  const together = name !== "" || getBooleanInput("merge-multiple");
  for (const artifact of wanted) await fetchOne(client, artifact, together ? target : join(target, artifact.name));
  info(`Total of ${wanted.length} artifact(s) downloaded`);
  setOutput("download-path", target);
}

async function list(client: DefaultArtifactClient, pattern: string): Promise<Artifact[]> {
  const { artifacts } = await client.listArtifacts({ latest: true });
  return artifacts.filter(({ name }) => pattern === "" || matchesGlob(name, pattern));
}

async function fetchOne(client: DefaultArtifactClient, { id, name, digest }: Artifact, path: string): Promise<void> {
  const { digestMismatch } = await client.downloadArtifact(id, { path, ...(digest ? { expectedHash: digest } : {}) });
  if (digestMismatch) throw new Error(`The digest of the artifact '${name}' is not the one that was uploaded`);
}

try {
  await download();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}

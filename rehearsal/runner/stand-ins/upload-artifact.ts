/** Stand-in for actions/upload-artifact: hands files to the artifact service of the run with GitHub's own client. */
import { DefaultArtifactClient } from "@actions/artifact";
import { getBooleanInput, getInput, info, setFailed, setOutput, warning } from "@actions/core";
import { findFiles } from "./find-files.ts";

async function upload(): Promise<void> {
  const name = getInput("name");
  const path = getInput("path", { required: true });
  const workspace = process.env.GITHUB_WORKSPACE ?? "";
  const { files, root } = findFiles(path.split("\n"), workspace, getBooleanInput("include-hidden-files"));
  if (files.length === 0) {
    nothingFound(`No files were found with the provided path: ${path}. No artifacts will be uploaded.`);
    return;
  }
  info(`With the provided path, there will be ${files.length} file(s) uploaded`);
  const client = new DefaultArtifactClient();
  if (getBooleanInput("overwrite"))
    await client.deleteArtifact(name).catch(() => info(`No artifact '${name}' to overwrite`));
  const { id, digest } = await client.uploadArtifact(name, files, root, {
    retentionDays: wholeNumber("retention-days"),
    compressionLevel: wholeNumber("compression-level"),
  });
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  setOutput("artifact-id", id);
  setOutput("artifact-digest", digest);
  setOutput("artifact-url", `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${id}`);
}

function nothingFound(message: string): void {
  const behaviour = getInput("if-no-files-found");
  if (behaviour === "warn") warning(message);
  else if (behaviour === "ignore") info(message);
  else if (behaviour === "error") setFailed(message);
  else setFailed(`Unrecognized if-no-files-found input: ${behaviour}. Available options: warn, error, ignore`);
}

function wholeNumber(input: string): number {
  const number = Number(getInput(input));
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`${input} must be a whole number, found '${getInput(input)}'`);
  return number;
}

try {
  await upload();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}

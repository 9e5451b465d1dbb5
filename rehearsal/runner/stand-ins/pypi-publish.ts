/** Stand-in for pypa/gh-action-pypi-publish: uploads to the index of the rehearsed machine, without attestations. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getBooleanInput, getInput, info, setFailed, warning } from "@actions/core";
import { uploadFile, uploadTarget } from "../../registries/pypi/upload-client.ts";

async function publish(): Promise<void> {
  const folder = resolve(process.env.GITHUB_WORKSPACE ?? "", getInput("packages-dir"));
  const files = readdirSync(folder).filter((name) => /\.(whl|tar\.gz)$/.test(name));
  if (files.length === 0) throw new Error(`expected wheels or source distributions in ${folder}, found none`);
  const machine = uploadTarget(process.env);
  if (!machine) throw new Error("expected an index in this rehearsal, found none: no channel is of kind pypi");
  // Without a password, the index trusts this workflow: what the machine may do stands for that.
  const password = getInput("password") || machine.password;
  const target = {
    ...machine,
    address: getInput("repository-url") || machine.address,
    user: getInput("user"),
    password,
  };
  for (const filename of files.sort()) {
    info(`Uploading ${filename}`);
    const answer = await uploadFile({ filename, bytes: readFileSync(join(folder, filename)) }, target);
    if (answer.code === 200) continue;
    const isThere = answer.code === 400 && /already exists/i.test(answer.reason);
    if (!isThere || !getBooleanInput("skip-existing")) {
      throw new Error(`expected the index to take ${filename}, found HTTP ${answer.code} ${answer.reason}`);
    }
    warning(`Skipping ${filename}, as a file of that name is there already`);
  }
}

try {
  await publish();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}

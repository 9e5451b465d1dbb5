/** Stand-in for actions/checkout: fetches one commit, or all history, from the git server with the token of the job. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { getBooleanInput, getInput, saveState, setFailed, setOutput, setSecret } from "@actions/core";
import { git, gitAnswer } from "./git.ts";

/** What is checked out. `local` is the ref under which the fetched commit stands. */
interface Wanted {
  refspec: string;
  local: string;
  branch?: string;
}

const commit = /^[0-9a-f]{40}$/;

function checkout(): void {
  const folder = targetFolder();
  const repository = getInput("repository", { required: true });
  const credentials = prepare(folder, repository);
  const wanted = wantedRef(folder, repository);
  fetch(folder, wanted);
  const target = wanted.branch === undefined ? ["--detach", wanted.local] : ["-B", wanted.branch, wanted.local];
  git(folder, "checkout", "--force", ...target);
  if (!getBooleanInput("persist-credentials"))
    git(folder, "config", "--local", "--unset-all", "include.path", credentials);
  setOutput("ref", getInput("ref") || process.env.GITHUB_REF || "");
  setOutput("commit", gitAnswer(folder, "rev-parse", "HEAD") ?? "");
}

function targetFolder(): string {
  const workspace = process.env.GITHUB_WORKSPACE ?? "";
  const folder = resolve(workspace, getInput("path") || ".");
  if (relative(workspace, folder).startsWith("..")) throw new Error(`path '${folder}' is not below the workspace`);
  return folder;
}

/** Makes the folder a repository of that remote. The token goes to a file of its own, never into the configuration. */
function prepare(folder: string, repository: string): string {
  const server = process.env.GITHUB_SERVER_URL ?? "";
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, ".git"))) git(folder, "init", "--quiet", "--initial-branch=main");
  else if (getBooleanInput("clean")) git(folder, "clean", "-ffdx");
  if (gitAnswer(folder, "remote") === "origin") git(folder, "remote", "remove", "origin");
  git(folder, "remote", "add", "origin", `${server}/${repository}`);
  const basic = Buffer.from(`x-access-token:${getInput("token")}`).toString("base64");
  setSecret(basic);
  const credentials = join(process.env.RUNNER_TEMP ?? folder, `git-credentials-${randomUUID()}.config`);
  writeFileSync(credentials, `[http "${server}/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`, { mode: 0o600 });
  git(folder, "config", "--local", "--add", "include.path", credentials);
  saveState("credentials", credentials);
  saveState("folder", folder);
  return credentials;
}

function wantedRef(folder: string, repository: string): Wanted {
  const given = getInput("ref");
  const own = repository === process.env.GITHUB_REPOSITORY;
  const sha = given === "" && own ? (process.env.GITHUB_SHA ?? "") : "";
  const ref = given === "" && own ? (process.env.GITHUB_REF ?? "") : given;
  if (commit.test(ref)) return { refspec: ref, local: ref };
  const full = ref.startsWith("refs/") ? ref : findRef(folder, ref);
  const branch = full.startsWith("refs/heads/") ? full.slice("refs/heads/".length) : undefined;
  if (branch !== undefined) {
    const local = `refs/remotes/origin/${branch}`;
    return { refspec: `+${sha || full}:${local}`, local, branch };
  }
  // The tag itself is fetched, not its commit: an annotated tag stays one.
  return { refspec: `+${full}:${full}`, local: sha || full };
}

/** Finds a short name on the server, a branch before a tag; without a name the default branch. */
function findRef(folder: string, name: string): string {
  if (name === "") {
    const [, head] =
      /^ref: (\S+)\s+HEAD/m.exec(gitAnswer(folder, "ls-remote", "--symref", "origin", "HEAD") ?? "") ?? [];
    if (head !== undefined) return head;
    throw new Error("the default branch of the repository cannot be found");
  }
  const listed = gitAnswer(folder, "ls-remote", "origin", `refs/heads/${name}`, `refs/tags/${name}`);
  if (listed === undefined) throw new Error(`the refs of the repository cannot be listed`);
  const refs = listed.split("\n").map((line) => line.split("\t")[1] ?? "");
  const found = [`refs/heads/${name}`, `refs/tags/${name}`].find((ref) => refs.includes(ref));
  if (found === undefined) throw new Error(`A branch or tag with the name '${name}' could not be found`);
  return found;
}

function fetch(folder: string, { refspec }: Wanted): void {
  const depth = Number(getInput("fetch-depth") || "1");
  if (!Number.isInteger(depth) || depth < 0)
    throw new Error(`fetch-depth must be a whole number, found '${getInput("fetch-depth")}'`);
  const filter = getInput("filter") === "" ? [] : [`--filter=${getInput("filter")}`];
  const base = ["-c", "protocol.version=2", "fetch", "--prune", "--no-recurse-submodules", ...filter];
  if (depth === 0) {
    git(folder, ...base, "--no-tags", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*");
    // The branch may have moved on since the run began: the run is about its own commit.
    git(
      folder,
      "-c",
      "protocol.version=2",
      "fetch",
      "--no-tags",
      "--no-recurse-submodules",
      ...filter,
      "origin",
      refspec,
    );
    return;
  }
  const tags = getBooleanInput("fetch-tags") ? ["+refs/tags/*:refs/tags/*"] : [];
  git(folder, ...base, "--no-tags", `--depth=${depth}`, "origin", refspec, ...tags);
}

try {
  checkout();
} catch (thrown) {
  setFailed(thrown instanceof Error ? thrown.message : String(thrown));
}

import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Complaint } from "./complaint.ts";
import { consumerConfig } from "./consumer-config.ts";
import { buildExampleRepository, exampleStart } from "./example-history.ts";
import { git } from "./git.ts";

/** The workflow file that is played unless another one is named. */
export const defaultWorkflow = ".github/workflows/release.yml";

/** What is released in a rehearsal: a repository that can be built as a bare one, and the workflows in it. */
export interface Subject {
  name: string;
  /** `owner/name`. */
  repository: string;
  workflow: string;
  /** Workflow that is run first, so that the commit has real check runs; without one, required checks are assumed and said to be. */
  ci: string | undefined;
  /** Command line by which a release of it was once published, run in the tree of its tag. */
  publish?: string | undefined;
  /** Inputs of the run, where none of the same name are given. */
  inputs: Record<string, string>;
  /** Whether the examples' own world is set up around it: its service with users, and a registry without anything else. */
  staged: boolean;
  /** Folder of the formulae that its taps hold, as the release before has left them. */
  taps?: string;
  build(bareDir: string): Promise<{ branch: string; head: string }>;
}

/** The examples that come with the suite, by folder name. */
export function exampleNames(root: string): string[] {
  return readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Takes a bundled example, with the history that it describes. Throws a `Complaint` for a name that is none. */
export function exampleSubject(root: string, name: string, given?: string): Subject {
  const folder = join(root, "examples", name);
  if (!exampleNames(root).includes(name)) {
    throw new Complaint(`expected an example, found "${name}"`, `The examples are ${exampleNames(root).join(", ")}.`);
  }
  const workflow = given ?? startingWorkflow(folder);
  requireWorkflow(folder, workflow);
  return {
    name,
    repository: `example/${name}`,
    workflow,
    ci: ".github/workflows/ci.yml",
    ...exampleStart(folder),
    staged: true,
    taps: join(folder, "history/tap"),
    build: (bareDir) => buildExampleRepository(folder, bareDir, new Date().toISOString().slice(0, 10)),
  };
}

/** The workflow that people start: the one that promotes first, where there is one. */
function startingWorkflow(folder: string): string {
  const ship = ".github/workflows/ship-it.yml";
  return existsSync(join(folder, ship)) ? ship : defaultWorkflow;
}

/** Takes a user's own checkout, as it is at HEAD. Throws a `Complaint` where it is missing, no repository, or not clean. */
export async function checkoutSubject(path: string, workflow = defaultWorkflow): Promise<Subject> {
  const folder = resolve(path);
  if (!existsSync(folder))
    throw new Complaint(`expected a checkout at ${path}, found nothing`, "Pass the path of a git checkout.");
  if (!existsSync(join(folder, ".git"))) {
    throw new Complaint(
      `expected a git checkout at ${path}, found a folder without .git`,
      "Pass the checkout's top folder.",
    );
  }
  const dirty = await git(["status", "--porcelain"], folder);
  if (dirty !== "") {
    throw new Complaint(
      `expected a clean checkout, found changes:\n${dirty}`,
      "Commit, ignore or stash them: a release is of a commit.",
    );
  }
  if ((await git(["rev-parse", "--is-shallow-repository"], folder)) === "true") {
    throw new Complaint(
      "expected the whole history of the checkout, found a shallow clone",
      "Bring the rest with `git fetch --unshallow --tags`.",
    );
  }
  requireWorkflow(folder, workflow);
  return {
    name: basename(folder),
    repository: await slugOf(folder),
    workflow,
    ci: undefined,
    inputs: {},
    staged: false,
    build: (bareDir) => copyHead(folder, bareDir),
  };
}

function requireWorkflow(folder: string, workflow: string): void {
  if (existsSync(join(folder, workflow))) return;
  throw new Complaint(
    `expected the workflow ${workflow}, found ${workflowsIn(folder)}`,
    "Name another one with --workflow, as .github/workflows/<file>.",
  );
}

async function copyHead(folder: string, bareDir: string) {
  const head = await git(["rev-parse", "HEAD"], folder);
  const current = await git(["branch", "--show-current"], folder);
  const branch = current === "" ? "main" : current;
  await git(["init", "--quiet", "--bare", `--initial-branch=${branch}`, bareDir]);
  await git(["push", "--quiet", bareDir, `HEAD:refs/heads/${branch}`, "refs/tags/*:refs/tags/*"], folder);
  for (const other of consumerConfig(folder)?.promote?.chain ?? []) {
    const tip = other === branch ? undefined : await tipOf(other, folder);
    if (tip) await git(["push", "--quiet", bareDir, `${tip}:refs/heads/${other}`], folder);
  }
  return { branch, head };
}

/** Finds where a branch stands: as the remote had it when it was fetched last, or as it is here. */
async function tipOf(branch: string, folder: string): Promise<string | undefined> {
  const format = ["--format=%(objectname)", `refs/remotes/origin/${branch}`, `refs/heads/${branch}`];
  const found = await git(["for-each-ref", "--sort=-refname", ...format], folder);
  return found.split("\n")[0] || undefined;
}

function workflowsIn(folder: string): string {
  const path = join(folder, ".github/workflows");
  const found = existsSync(path) ? readdirSync(path).filter((name) => /\.ya?ml$/.test(name)) : [];
  return found.length > 0 ? found.join(", ") : "no workflows at all";
}

async function slugOf(folder: string): Promise<string> {
  const remotes = await git(["remote"], folder);
  const url = remotes.split("\n").includes("origin") ? await git(["remote", "get-url", "origin"], folder) : "";
  const match = /[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url);
  return match && /^(https?|ssh|git@)/.test(url) ? `${match[1]}/${match[2]}` : `local/${basename(folder)}`;
}

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gitEnvironment } from "./git/git.ts";
import type { JournalLine } from "./journal.ts";
import { type EmbeddedGitHub, type GitHubOptions, startGitHub } from "./start-github.ts";

/** The moment at which the tests' world stands still. */
export const NOON = new Date("2026-01-01T12:00:00Z");

const AUTHOR = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
};
const WORKFLOW = `name: Release
on:
  workflow_dispatch:
    inputs:
      tag: { required: true, type: string }
      rehearsal: { type: boolean, default: false }
jobs: {}
`;

/** An embedded GitHub over a fresh bare repository of two commits, with a working copy beside it. */
export interface Fixture {
  readonly github: EmbeddedGitHub;
  readonly folder: string;
  readonly gitDir: string;
  readonly work: string;
  readonly journal: string;
  readonly first: string;
  readonly head: string;
  readonly write: string;
  /** Runs git in the working copy, never blocking the server beside it; gives trimmed stdout, rejects with git's stderr. */
  git(...args: string[]): Promise<string>;
  /** Requests a path and reads the answer as JSON. */
  ask(method: string, path: string, question?: Question): Promise<Answer>;
  journalled(): JournalLine[];
  close(): Promise<void>;
}

/** What is sent besides method and path; an empty token sends no Authorization header. */
export interface Question {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What came back; `body` is undefined when the answer has none. */
export interface Answer {
  readonly code: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** Starts a fixture; close it in the same test file. */
export async function aGitHub(options: Partial<GitHubOptions> = {}): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), "seaworthy-github-"));
  const [gitDir, work, journal] = [
    join(folder, "repository.git"),
    join(folder, "work"),
    join(folder, "requests.jsonl"),
  ];
  const git = (...args: string[]) => runGit(work, args);
  await runGit(folder, ["init", "-q", "--bare", "-b", "main", gitDir]);
  await runGit(folder, ["init", "-q", "-b", "main", work]);
  const first = await commitFile(work, { path: "README.md", text: "hello\n", message: "First" });
  const head = await commitFile(work, {
    path: ".github/workflows/release.yml",
    text: WORKFLOW,
    message: "Add the release workflow",
  });
  await git("push", "-q", gitDir, "main");
  const github = await startGitHub({
    repository: "acme/rocket",
    gitDir,
    clock: { now: () => NOON },
    journal,
    ...options,
  });
  const write = github.issueToken({ permissions: ALL, stage: "test" });
  return {
    ...{ github, folder, gitDir, work, journal, first, head, write, git },
    ask: (method, path, asked = {}) => request(`${github.apiUrl}${path}`, method, { token: write, ...asked }),
    journalled: () => readLines(journal),
    async close() {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Commits one file in a working copy and gives the commit's id. */
export async function commitFile(
  work: string,
  { path, text, message }: { path: string; text: string; message: string },
): Promise<string> {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
  await runGit(work, ["add", "-A"]);
  await runGit(work, ["commit", "-q", "-m", message]);
  return runGit(work, ["rev-parse", "HEAD"]);
}

function runGit(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("git", args, { cwd, env: gitEnvironment(AUTHOR) }, (failure, stdout, stderr) => {
      if (failure) reject(new Error(stderr));
      else resolve(stdout.trim());
    });
  });
}

async function request(
  url: string,
  method: string,
  { token, body, headers = {} }: Question & { token: string },
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) };
  const authorization = token === "" ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, headers: { ...authorization, ...headers }, redirect: "manual", ...sent });
  const text = await response.text();
  return { code: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}

function readLines(journal: string): JournalLine[] {
  return readFileSync(journal, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Every permission that a served operation asks for. */
export const ALL = {
  contents: "write",
  checks: "write",
  statuses: "write",
  actions: "write",
  issues: "write",
  "pull-requests": "write",
  deployments: "write",
  attestations: "write",
} as const;

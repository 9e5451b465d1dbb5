import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "./git/git.ts";
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
  /** Runs git in the working copy and gives its trimmed stdout; throws when git fails. */
  git(...args: string[]): string;
  /** Requests a path as JSON. */
  ask(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  journalled(): { route: string | null; status: number; stage: string; guard?: unknown }[];
  close(): Promise<void>;
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
  const run = (cwd: string, ...args: string[]) =>
    execFileSync("git", args, {
      cwd,
      env: gitEnvironment(AUTHOR),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  run(folder, "init", "-q", "--bare", "-b", "main", gitDir);
  run(folder, "init", "-q", "-b", "main", work);
  const first = commit("README.md", "hello\n", "First");
  execFileSync("mkdir", ["-p", join(work, ".github/workflows")]);
  const head = commit(".github/workflows/release.yml", WORKFLOW, "Add the release workflow");
  run(work, "push", "-q", gitDir, "main");
  const github = await startGitHub({
    repository: "acme/rocket",
    gitDir,
    clock: { now: () => NOON },
    journal,
    ...options,
  });
  const write = github.issueToken({ permissions: ALL, stage: "test" });
  return {
    github,
    folder,
    gitDir,
    work,
    journal,
    first,
    head,
    write,
    git: (...args) => run(work, ...args),
    ask,
    journalled,
    close,
  };

  function commit(path: string, text: string, message: string): string {
    writeFileSync(join(work, path), text);
    run(work, "add", "-A");
    run(work, "commit", "-q", "-m", message);
    return run(work, "rev-parse", "HEAD");
  }

  async function ask(
    method: string,
    path: string,
    { token = write, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const response = await fetch(`${github.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { code: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  function journalled() {
    return readFileSync(journal, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  async function close() {
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every permission that a served operation asks for. */
export const ALL = {
  contents: "write",
  checks: "write",
  statuses: "write",
  actions: "write",
  issues: "write",
  deployments: "write",
  attestations: "write",
} as const;

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Address that stands for the server's; git is led from there to the folder of a history. */
export const serverUrl = "http://git.localhost:9";

/** How long a history is. */
export interface Shape {
  releases: number;
  /** Commits of each release; one where absent. */
  each?: number;
  /** Commits since the last release. */
  since: number;
  /** Whether the changelog says nothing of the next version yet. */
  undescribed?: boolean;
}

/** A history in real git: a bare repository as the remote, and checkouts of it. */
export interface History {
  folder: string;
  remote: string;
  /** Tag of the release before the head. */
  base: string;
  head: string;
  /** Makes another checkout, for a tool that may leave something behind. */
  checkout(name: string): string;
  remove(): void;
}

const config = `version:
  sources: [{ kind: json, file: package.json, pointer: /version }]
report:
  github-release: false
`;
const kinds = ["fix", "feat", "docs", "test", "fix", "chore", "refactor", "fix"];

/** Builds a history by `git fast-import`: so many tagged releases of so many commits each, then so many commits, the last of which sets the next version. */
export function buildHistory(shape: Shape): History {
  const folder = mkdtempSync(join(tmpdir(), "bench-history-"));
  const remote = join(folder, "octo", "tide.git");
  mkdirSync(join(folder, "octo"));
  const git = (args: string[], directory = remote, input?: string) =>
    execFileSync("git", args, { cwd: directory, encoding: "utf8", maxBuffer: 1e9, ...(input ? { input } : {}) }).trim();
  git(["init", "--quiet", "--bare", "--initial-branch=main", remote], folder);
  git(["fast-import", "--quiet"], remote, [...stream(shape)].join(""));
  git(["gc", "--quiet"], remote);
  const person = "[user]\n\tname = Ada\n\temail = ada@example.org\n";
  writeFileSync(join(folder, "gitconfig"), `${person}[url "file://${folder}"]\n\tinsteadOf = ${serverUrl}\n`);
  return {
    folder,
    remote,
    base: `v${releaseOf(shape.releases - 1)}`,
    head: git(["rev-parse", "refs/heads/main"]),
    checkout: (name) => {
      const work = join(folder, name);
      git(["clone", "--quiet", "--shared", "--branch", "main", remote, work], folder);
      return work;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const releaseOf = (index: number) => `1.${Math.floor(index / 100)}.${index % 100}`;
const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
const person = (second: number) => `committer Ada <ada@example.org> ${1_700_000_000 + second * 60} +0000\n`;
const manifest = (version: string) => `${JSON.stringify({ name: "tide", version, private: true }, null, 2)}\n`;

function* stream({ releases, each = 1, since, undescribed }: Shape): Generator<string> {
  const commits = releases * each + since;
  for (let index = 0; index < commits; index += 1) {
    const kind = kinds[index % kinds.length];
    const message = `${kind}(area-${index % 17}): change number ${index}\n\nWhat it does, and why, in a line or two (#${index}).\n`;
    yield `commit refs/heads/main\n${person(index)}${data(message)}`;
    if (index === 0) yield `M 100644 inline .github/seaworthy.yml\n${data(config)}`;
    yield `M 100644 inline src/area-${index % 17}.txt\n${data(`${index}\n`)}`;
    if (index % each === each - 1 && index < releases * each) {
      const version = releaseOf(Math.floor(index / each));
      yield `M 100644 inline package.json\n${data(manifest(version))}`;
      yield `reset refs/tags/v${version}\nfrom refs/heads/main\n\n`;
    }
    if (index === commits - 1) yield lastFiles(undescribed);
  }
}

/** The last commit sets the next version and describes it, unless that is left to be drafted. */
function lastFiles(undescribed = false): string {
  const today = new Date().toISOString().slice(0, 10);
  const section = undescribed ? "" : `\n## [2.0.0] - ${today}\n\n### Changed\n\n- Tides.\n`;
  const changelog = `# Changelog\n${section}`;
  return `M 100644 inline package.json\n${data(manifest("2.0.0"))}M 100644 inline CHANGELOG.md\n${data(changelog)}`;
}

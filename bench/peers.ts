import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command, Unmeasured } from "./measure.ts";

/** A tool that answers a part of the same questions, in one exact version from npm. It is installed to be measured, and never used. */
export interface Peer {
  name: string;
  packages: string[];
  /** What of the plan it does. */
  does: string;
  /** Arguments behind the program; nothing is to be written or published. */
  run: (at: { remote: string; base: string }) => [bin: string, ...rest: string[]];
}

/**
 * Tools whose work on a history can be compared. Left out: those that ask a forge's API for the history (release-please,
 * auto), which cannot be measured on one machine, and those that read no commits (changesets, np).
 */
export const peers: Peer[] = [
  {
    name: "semantic-release 25.0.9",
    packages: ["semantic-release@25.0.9"],
    does: "version and notes, dry run, two plugins",
    run: ({ remote }) => [
      "semantic-release",
      "--dry-run",
      "--no-ci",
      "--branches=main",
      `--repository-url=file://${remote}`,
      "--plugins=@semantic-release/commit-analyzer,@semantic-release/release-notes-generator",
    ],
  },
  {
    name: "conventional-changelog 8.1.3",
    packages: ["conventional-changelog@8.1.3", "conventional-changelog-angular@9.4.0"],
    does: "notes since the last tag",
    run: () => ["conventional-changelog", "--preset", "angular"],
  },
  {
    name: "conventional-recommended-bump 12.1.0",
    packages: ["conventional-recommended-bump@12.1.0", "conventional-changelog-angular@9.4.0"],
    does: "step of the version",
    run: () => ["conventional-recommended-bump", "--preset", "angular"],
  },
  {
    name: "commit-and-tag-version 13.2.1",
    packages: ["commit-and-tag-version@13.2.1"],
    does: "version and notes, dry run",
    run: () => ["commit-and-tag-version", "--dry-run"],
  },
  {
    name: "standard-version 9.5.0",
    packages: ["standard-version@9.5.0"],
    does: "version and notes, dry run",
    run: () => ["standard-version", "--dry-run"],
  },
  {
    name: "release-it 20.0.1",
    packages: ["release-it@20.0.1"],
    does: "version and a list of commits, dry run",
    run: () => ["release-it", "minor", "--ci", "--dry-run", "--no-npm", "--no-github.release"],
  },
  {
    name: "git-cliff 2.14.2, unreleased only",
    packages: ["git-cliff@2.14.2"],
    does: "notes since the last tag",
    run: () => ["git-cliff", "--unreleased"],
  },
];

/** Installs a peer with the npm client into the cache, once; what cannot be installed is told and not measured. */
export function install({ packages, run }: Peer, cache: string): { bins: string } | Unmeasured {
  const folder = join(cache, packages.join("+").replace(/[^\w.@+-]/g, "_"));
  const bins = join(folder, "node_modules", ".bin");
  const [bin] = run({ remote: "", base: "" });
  if (existsSync(join(bins, bin))) return { bins };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", "--loglevel=error"];
  try {
    execFileSync("npm", ["install", ...options, ...packages], { cwd: folder, timeout: 240_000, stdio: "pipe" });
    return existsSync(join(bins, bin)) ? { bins } : { because: `the package has no program ${bin}` };
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    const told = /npm error (?:notarget )?(?!code)(.*)/.exec(words)?.[1] ?? words.split("\n")[0] ?? "";
    return { because: `npm could not install it: ${told}` };
  }
}

/** Builds the command of an installed peer in a checkout of its own. */
export function commandOf(
  peer: Peer,
  bins: string,
  { work, ...at }: { work: string; remote: string; base: string; folder: string },
): Command {
  const [bin, ...rest] = peer.run(at);
  const { PATH = "", HOME = at.folder } = process.env;
  const git = { GIT_CONFIG_GLOBAL: join(at.folder, "gitconfig"), GIT_CONFIG_NOSYSTEM: "1" };
  return { argv: [join(bins, bin), ...rest], directory: work, environment: { PATH, HOME, ...git, NO_COLOR: "1" } };
}

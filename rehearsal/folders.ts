import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Complaint } from "./complaint.ts";

/** Where one rehearsal keeps its things: what people read on top, the embedded world below `world/`. */
export interface Folders {
  home: string;
  report: (name: string) => string;
  world: string;
  git: string;
  source: string;
  artifacts: string;
  packages: string;
  jobs: string;
  journal: string;
  githubState: string;
  clock: string;
  memory: string;
}

/** Makes the folders of a new rehearsal. */
export function newFolders(base: string, name: string, now: Date): Folders {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  const home = unused(join(base, `${stamp}-${name}`));
  mkdirSync(join(home, "world"), { recursive: true });
  return foldersAt(home);
}

/** Points `latest` at a rehearsal, once it is set up. */
export function pointLatestAt({ home }: Folders): void {
  const latest = join(dirname(home), "latest");
  rmSync(latest, { force: true, recursive: true });
  symlinkSync(basename(home), latest, process.platform === "win32" ? "junction" : "dir");
}

/** Finds the folders of the latest rehearsal. Throws a `Complaint` where there is none. */
export function latestFolders(base: string): Folders {
  const latest = join(base, "latest");
  if (!existsSync(join(latest, "world"))) {
    throw new Complaint("expected an earlier rehearsal to resume, found none", "Run `npm run rehearse` first.");
  }
  return foldersAt(join(base, readlinkSync(latest)));
}

function foldersAt(home: string): Folders {
  const world = join(home, "world");
  return {
    home,
    report: (name) => join(home, name),
    world,
    git: join(world, "repository.git"),
    source: join(world, "source"),
    artifacts: join(world, "artifacts"),
    packages: join(world, "packages"),
    jobs: join(world, "jobs"),
    journal: join(home, "requests.jsonl"),
    githubState: join(world, "github.json"),
    clock: join(world, "clock.json"),
    memory: join(world, "memory.json"),
  };
}

function unused(path: string): string {
  let candidate = path;
  for (let counter = 2; existsSync(candidate); counter += 1) candidate = `${path}-${counter}`;
  return candidate;
}

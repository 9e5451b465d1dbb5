import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import type { Folders } from "./folders.ts";
import { gitEnvironment } from "./github/git/git.ts";

/** A channel of kind homebrew whose formula stands in a tap of its own. */
export type TapChannel = Extract<Config["channels"][number], { kind: "homebrew" }> & { tap: string };

/** Lists the channels whose formula stands in a tap of its own. */
export function tapChannels(config: Config | undefined): TapChannel[] {
  return (config?.channels ?? []).flatMap((channel) =>
    channel.kind === "homebrew" && channel.tap !== undefined ? [{ ...channel, tap: channel.tap }] : [],
  );
}

/** Where a tap's repository stands, bare. */
export function tapFolder({ world }: Folders, tap: string): string {
  return join(world, "taps", `${tap.toLowerCase()}.git`);
}

/** Puts the formulae of a folder into their taps, as the release before has left them; one that is there already stays. */
export function seedTaps(config: Config | undefined, folders: Folders, formulae: string): string[] {
  return tapChannels(config).flatMap(({ tap, formula }) => {
    const [place, text] = [tapFolder(folders, tap), join(formulae, formula)];
    if (existsSync(place) || !existsSync(text)) return [];
    mkdirSync(place, { recursive: true });
    git(["init", "--quiet", "--bare", "--initial-branch=main", "--template=", place]);
    git(["-C", place, "config", "uploadpack.allowAnySHA1InWant", "true"]);
    commitFormula(place, { path: formula, text: readFileSync(text, "utf8"), message: `${formula} as released` });
    return [`${formula} stands in the tap ${tap}, as its release left it`];
  });
}

/** A change of one formula. */
export interface FormulaCommit {
  path: string;
  text: string;
  message: string;
}

/** Reads a formula from the default branch of a tap. */
export function formulaIn(place: string, path: string): string {
  return git(["-C", place, "show", `main:${path}`]);
}

/** Commits a formula to the default branch of a tap, at once. */
export function commitFormula(place: string, { path, text, message }: FormulaCommit): void {
  const checkout = mkdtempSync(join(tmpdir(), "tap-"));
  try {
    git(["clone", "--quiet", place, checkout]);
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
    git(["-C", checkout, "add", "."]);
    const person = ["-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.com"];
    git(["-C", checkout, ...person, "commit", "--quiet", "--message", message]);
    git(["-C", checkout, "push", "--quiet", "origin", "HEAD:refs/heads/main"]);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}

function git(args: string[]): string {
  return execFileSync("git", args, { env: gitEnvironment(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

import type { ScenarioPolicy } from "#src/contract/config/smoke";
import type { Code } from "#src/domain/catalogue";
import type { Change } from "#src/domain/snapshot";
import type { InstalledPackage, PackageVersion } from "#src/ports/package-install";
import type { Execution } from "#src/ports/shell";

/** Whose trouble a finding is. What cannot be told is the product's. */
export type FindingClass = "harness" | "propagation" | "environment" | "product";

/** One thing that a scenario found wrong. */
export interface Finding {
  code: Code;
  class: FindingClass;
  because: string;
}

/** What became of taking the product into the workspace. */
export type Installation =
  | { kind: "none" }
  | { kind: "refused"; finding: Finding }
  | { kind: "trouble"; step: "download" | "install" | "clone" | "build"; ended: string; said: string; tries: number }
  | { kind: "package"; wanted: PackageVersion; found: InstalledPackage }
  | { kind: "repository"; wanted: string; head: string }
  | { kind: "build"; programs: string[]; version: string; printed: string };

/** A program that the scenario calls: where it is found, if anywhere, and whether that is in the installation. */
export interface FoundProgram {
  name: string;
  path: string | undefined;
  inside: boolean;
}

/** What the command left behind. */
export interface Aftermath {
  /** Contents of the files that the expectations speak of; undefined where there is none. */
  files: ReadonlyMap<string, Uint8Array | undefined>;
  /** Differences in the workspace, its home, and the checkout. */
  workspace: Change[];
  home: Change[];
  checkout: Change[];
}

/** All facts of one scenario that was tried. */
export interface Trial {
  scenario: ScenarioPolicy;
  installation: Installation;
  /** Programs that the scenario calls, looked up after the installation. */
  programs?: FoundProgram[];
  /** Undefined where the command was not reached. */
  execution?: Execution;
  aftermath?: Aftermath;
  /** What broke in the suite itself, such as a full disk. */
  broken?: string;
  /** Folder of the workspace. */
  root?: string;
}

import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepPolicy } from "#src/contract/config/smoke-steps";
import type { Code } from "#src/domain/catalogue";
import type { Change } from "#src/domain/snapshot";
import type { HttpAnswer } from "#src/ports/http-requests";
import type { InstalledPackage, PackageVersion } from "#src/ports/package-install";
import type { Execution } from "#src/ports/shell";

/** Whose trouble a finding is, in the order in which it is asked. What cannot be told is the product's. */
export type FindingClass = "harness" | "propagation" | "environment" | "agent" | "product";

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
  | { kind: "trouble"; step: "download" | "install" | "clone" | "build"; ended: string; said: string }
  | { kind: "package"; wanted: PackageVersion; found: InstalledPackage }
  | { kind: "repository"; wanted: string; head: string }
  | { kind: "build"; programs: string[]; version: string; printed: string };

/** A program that the scenario calls: where it is found, if anywhere, and whether that is in the installation. */
export interface FoundProgram {
  name: string;
  path: string | undefined;
  inside: boolean;
}

/** Contents of the files that expectations speak of; undefined where there is none. */
export type FileContents = ReadonlyMap<string, Uint8Array | undefined>;

/** What one step did. */
export type StepFacts =
  | { kind: "command"; execution: Execution; files: FileContents; changes: Change[] }
  | { kind: "http"; url: string; answer: HttpAnswer }
  | { kind: "install"; installation: Installation; programs: FoundProgram[] };

/** A step that was tried, with what it found wrong. */
export interface StepTrial {
  step: StepPolicy;
  facts: StepFacts;
  findings: Finding[];
}

/** What the steps left behind: differences in the workspace, its home, and the checkout. */
export interface Aftermath {
  workspace: Change[];
  home: Change[];
  checkout: Change[];
}

/** All facts of one try of a scenario. */
export interface Trial {
  scenario: ScenarioPolicy;
  installation: Installation;
  /** Programs that the scenario calls, looked up after the installation. */
  programs: FoundProgram[];
  steps: StepTrial[];
  /** Why it says itself that it did not run, or that the product honestly cannot. */
  ended?: { how: "skipped" | "honest"; because: string };
  /** Files that should have survived an upgrade, and did not. */
  lost: string[];
  aftermath?: Aftermath;
  /** Names of the processes that still ran after the last step; they were ended. */
  running?: string[];
  /** What broke in the suite itself, such as a full disk. */
  broken?: string;
  /** Folder of the workspace. */
  root?: string;
  /** Folder in it where its steps ran. */
  directory?: string;
}

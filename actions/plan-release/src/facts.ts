import type { Config } from "#src/contract/config/schema";
import type { Bump } from "#src/domain/bump-decision";
import type { BumpTotal } from "#src/domain/bump-tally";
import type { ChangeSummary } from "#src/domain/changes/change-tally";
import type { PathSurvey } from "#src/domain/changes/path-survey";
import type { CommitClass } from "#src/domain/conventional-commit";
import type { Home } from "#src/domain/issue-reference";
import type { TargetManifest } from "#src/domain/target-manifest";
import type { Toolchain } from "#src/domain/toolchain";
import type { CheckoutFacts } from "#src/ports/checkout";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";
import type { ChangelogSetting } from "./changelog-facts.ts";
import type { Audited } from "./issues/issue-facts.ts";

/** What the configuration and the inputs ask for. */
export interface Policy
  extends Pick<Config, "changes" | "risk" | "environments" | "tiers" | "gates" | "smoke" | "blockers"> {
  /** Where the targets stand; undefined where the project names none. */
  targets?: Config["targets"];
  /** Which tools are pinned; undefined where none are. */
  toolchain?: Config["toolchain"];
  version: Config["version"];
  bump: Config["bump"];
  /** Labels by commit id or issue (`#12`), as they were handed in. */
  labels: ReadonlyMap<string, string[]>;
  changelog: Config["changelog"];
  issues: Config["issues"];
  /** The repository that is released, and its server. */
  home: Home;
  /** Branches of the promotion's chain. */
  chain: string[];
  /** Address that the number of an issue is appended to. */
  issuesUrl: string;
  /** Target tag that was asked for; empty where it is derived. */
  tag: string;
  /** Base tag that was asked for; empty where it is found. */
  baseTag: string;
  operator: string;
  /** Who started the run, as the runner tells it. */
  actor: string;
  /** What that person asks to override, in the words of the input. */
  overrides: string;
  environment: string;
  /** Whether a released version has a published GitHub release, by the configuration. */
  concludes: boolean;
}

/** The run as the runner tells it. */
export interface RunFacts {
  sha: string;
  event: string;
}

/** What stands in a place. `note` tells what was left out of a value; a place that is not applicable says why. */
export type Found =
  | { kind: "value"; text: string; note?: string }
  | { kind: "absent" }
  | { kind: "unreadable"; because: string }
  | { kind: "not-applicable"; because: string };

/** One place that should hold the version, with what stands there. */
export interface VersionReading {
  file: string;
  place: string;
  found: Found;
}

/** What a push brought to its branch. */
export interface PushFacts {
  /** Commit that the branch had before; null where that is not known. */
  before: string | null;
  after: string;
  /** Commit whose version is compared with: `before`, else the first parent; null for a root, `unknown` out of reach. */
  base: string | null | "unknown";
  /** What the first source declared there; undefined where there is no such commit. */
  declared: VersionReading | undefined;
  /** Whether the branch only went forward; undefined where it is not known what it had. */
  forward: boolean | undefined;
  /** Versions on the branch itself inside the push, oldest first. */
  passed: DeclaredVersion[];
}

/** A version as the first source declares it at a commit. */
export interface DeclaredVersion {
  commit: string;
  text: string;
}

/** The commit on the branch itself that set the version of its head, or why there is none to name. */
export type BumpCommit = { head: string; at: string } | { head: string; lost: "never-set" | "out-of-reach" };

/** What a release is weighed by besides its commits. */
export interface ReleaseScene {
  /** Which paths changed since the release before. */
  paths: PathSurvey;
  /** When the release before was tagged, or its commit made; undefined where there is none, or the checkout does not tell. */
  baseDate: string | undefined;
  /** Files that the environment requires and the commit does not hold. */
  missing: string[];
  /** Globs of the configuration that name no file of the commit; undefined where its files cannot be listed. */
  idle: string[] | undefined;
}

/** What is seen before the release is aimed at: enough to name the version, the tag and the base. */
export interface Sighting {
  run: RunFacts;
  /** The checkout; its head is the commit that is released, also where `bumpCommit` names another one as checked out. */
  checkout: CheckoutFacts;
  /** The commit that set the version, where that is the one to release. */
  bumpCommit?: BumpCommit | undefined;
  remote: RemoteRefs | RemoteSilence;
  /** Commits that the checkout's refs point at, and those of them whose history contains the released commit. */
  tips: { all: Set<string>; containing: Set<string> };
  versions: VersionReading[];
  /** Text of the changelog; undefined where the commit holds none. */
  changelog: string | undefined;
}

/** One commit in the list of the context. */
export interface ListedCommit {
  sha: string;
  subject: string;
  class: CommitClass;
  breaking: boolean;
  reverts: string[];
  /** Step that the commit asks for, and why. */
  bump: Bump;
  why: string;
}

/** The commits since the base: all are counted, the first thousand are listed. */
export interface CommitSummary {
  total: number;
  breaking: number;
  reverts: number;
  "by-class": Partial<Record<CommitClass, number>>;
  listed: ListedCommit[];
  /** Step that they ask for together, and which of them ask for it. */
  asked: BumpTotal;
  /** How many have no known type, or no known label where labels decide. */
  unclassified: number;
  /** The changes by component and kind. */
  changes: ChangeSummary;
  /** Labels of all commits; undefined where those of any commit were not handed in. */
  labels: string[] | undefined;
  /** Whether a commit's subject is the one that a bump of the version shall have; undefined where none is wanted. */
  bumpMessage: boolean | undefined;
}

/** The commit that already carries the target tag, where it is not the released one. */
export interface TaggedCommit {
  /** Whether the released commit descends from it. */
  ancestor: boolean | "unknown";
  /** Version that the first source declares there, asked of an ancestor only; null where it declares none. */
  version: string | null;
}

/** The targets as the commit declares them, or all that is wrong with them. */
export type TargetFacts = TargetManifest | { complaints: string[] };

/** The pins as the commit declares them, or all that is wrong with them. */
export type ToolchainFacts = Toolchain | { complaints: string[] };

/** All facts that the decision rests upon. The last ones are undefined where the aim leaves nothing to look for. */
export interface Facts extends Sighting {
  /** Whether the base's commit is in the checkout. */
  baseReachable: boolean | undefined;
  commits: CommitSummary | undefined;
  tagged: TaggedCommit | undefined;
  /** Tags with a published release; undefined where nothing hung on them, or nobody could be asked. */
  published?: ReadonlySet<string> | undefined;
  /** What the changelog is held against. */
  setting: ChangelogSetting;
  /** What the release is weighed by. */
  scene: ReleaseScene;
  /** Undefined where the configuration knows of no targets. */
  targets?: TargetFacts | undefined;
  /** Undefined where the configuration pins no tools. */
  toolchain?: ToolchainFacts | undefined;
  /** Undefined unless the run is about a push. */
  push: PushFacts | undefined;
  /** The audit of issues; undefined where nothing hangs on it. */
  issues: Audited;
}

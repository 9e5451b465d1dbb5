import type { Config } from "#src/contract/config/schema";
import type { CommitClass } from "#src/domain/conventional-commit";
import type { CheckoutFacts } from "#src/ports/checkout";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";

/** What the configuration and the inputs ask for. */
export interface Policy {
  version: Config["version"];
  changelog: Config["changelog"];
  /** Target tag that was asked for; empty where it is derived. */
  tag: string;
  /** Base tag that was asked for; empty where it is found. */
  baseTag: string;
  operator: string;
  environment: string;
}

/** The run as the runner tells it. */
export interface RunFacts {
  sha: string;
  event: string;
}

/** One place that should hold the version, with what stands there. */
export interface VersionReading {
  file: string;
  place: string;
  found: { kind: "value"; text: string } | { kind: "absent" } | { kind: "unreadable"; because: string };
}

/** What is seen before the release is aimed at: enough to name the version, the tag and the base. */
export interface Sighting {
  run: RunFacts;
  checkout: CheckoutFacts;
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
}

/** The commits since the base: all are counted, the first thousand are listed. */
export interface CommitSummary {
  total: number;
  breaking: number;
  reverts: number;
  "by-class": Partial<Record<CommitClass, number>>;
  listed: ListedCommit[];
}

/** The commit that already carries the target tag, where it is not the released one. */
export interface TaggedCommit {
  /** Whether the released commit descends from it. */
  ancestor: boolean | "unknown";
  /** Version that the sources hold there, asked of an ancestor only; null where they hold none, or several. */
  version: string | null;
}

/** All facts that the decision rests upon. The last ones are undefined where the aim leaves nothing to look for. */
export interface Facts extends Sighting {
  /** Whether the base's commit is in the checkout. */
  baseReachable: boolean | undefined;
  commits: CommitSummary | undefined;
  tagged: TaggedCommit | undefined;
}

import type { StageName } from "#src/domain/stage";
import type { Edits } from "../amend.ts";
import type { RunEvent } from "../runner/contract.ts";
import type { StagedService } from "../service.ts";
import type { SshKey } from "../ssh-signature.ts";
import type { TapUpdate } from "../tap-maintainer.ts";
import type { World } from "../world.ts";
import type { Trace } from "./trace.ts";

/** One way in which a release can go wrong, and how it must end. */
export type Fault = Described & (OfRepository | OfServers);

interface Described {
  name: string;
  /** Ids of the requirements and failures that it proves: they begin the title of its test, and docs/coverage.md lists them. */
  proves: string;
  /** Stage that must notice it. */
  stage: StageName;
  title: string;
  /** Example that it is made for. */
  example:
    | "container-image"
    | "go-cli-homebrew"
    | "npm-package"
    | "python-package"
    | "release-manager"
    | "rust-crate"
    | "service"
    | "ship-it-cli";
  expected: Expected;
  /** What a maintainer does once it has ended like that. */
  repair?: Repair;
  /** Share of users' requests, 0 to 1, that the released version answers with an error already. */
  errorShare?: number;
  /** Changes to the files of the commit that is released. */
  edits?: Edits;
  /** Signs that commit. GitHub knows the key only where `arrange` tells of it. */
  key?: SshKey;
  /** What every reviewer of an environment answers, whatever the command line says. */
  review?: "approved" | "rejected";
  /** What a maintainer makes of the corrected formula before it is pushed to its tap; undefined is never pushed. */
  tapUpdate?: TapUpdate;
  /** Secrets of the repository. */
  secrets?: Record<string, string>;
  /** Leaves out the run of CI on that commit. */
  withoutCi?: boolean;
  /** Sets branches and tags of the bare repository, after its history is built and before any run. */
  refs?(gitDir: string, head: string): Promise<unknown>;
}

/** How a run ends, and what the words behind its reason name. */
interface Expected {
  verdict: "Released" | "Released-with-override" | "Aborted" | "no-release" | "lost";
  reason: string;
  names?: string[];
}

/** A workflow that a maintainer starts by hand to complete what a release has left undone, and how it ends. */
export interface Repair {
  title: string;
  /** Name of its file under `.github/workflows`. */
  workflow: string;
  inputs(runId: number): Record<string, string>;
  /** Takes the cause away first. */
  arrange?(world: World): void;
  expected: Expected;
}

/** A fault of what is committed, of branches and of tags: git itself refuses one that has no effect. */
interface OfRepository {
  arrange?: never;
  during?: never;
  trace?: never;
}

/** A fault of a server: what it leaves in that server's journal proves that it was injected, and met. */
interface OfServers {
  trace: Trace;
  /** Sets the servers up, after the history and before any run. */
  arrange?(world: World, scene: Scene): void;
  /** Acts on what happens during the release run. */
  during?(world: World, event: RunEvent, scene: Scene & { runId: number }): void;
}

/** What a fault may use besides the world: the commit that is released, and `kill`, which makes the machine vanish at once. */
export interface Scene {
  head: string;
  kill: () => void;
  service: StagedService | undefined;
}

/** The ending of a release that was stopped, by the reason code of what stopped it. */
export const aborted = (reason: string) => ({ verdict: "Aborted", reason }) as const;

import type { Edits } from "../amend.ts";
import type { RunEvent } from "../runner/contract.ts";
import type { StagedService } from "../service.ts";
import type { World } from "../world.ts";

/** One way in which a release can go wrong, and how it must end. */
export interface Fault {
  name: string;
  /** Stage that must notice it. */
  stage: string;
  title: string;
  /** Example that it is made for. */
  example: "npm-package" | "service" | "ship-it-cli";
  expected: { verdict: "Released" | "Aborted" | "no-release" | "lost"; reason: string };
  /** Changes to the files of the commit that is released. */
  edits?: Edits;
  /** Leaves out the run of CI on that commit. */
  withoutCi?: boolean;
  /** Sets the world up, after its history and before any run. */
  arrange?(world: World, scene: Scene & { head: string }): Promise<void> | void;
  /** Acts on what happens during the release run. */
  during?(world: World, event: RunEvent, scene: Scene): void;
}

/** What a fault may use besides the world; `kill` makes the machine vanish at once. */
export interface Scene {
  kill: () => void;
  service: StagedService | undefined;
}

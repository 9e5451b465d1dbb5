import type { ProvenancePolicy } from "#src/contract/config/provenance";
import type { BuildManifest } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { TargetManifest } from "#src/domain/target-manifest";
import type { Pin } from "#src/domain/toolchain";
import type { BundleFinding } from "#src/ports/attestations";
import type { BuildRun, RunJob } from "#src/ports/build-runs";
import type { TreeSighting } from "#src/ports/tag-content";

/** A build as its record hands it over: the manifest, and what travels beside it, by path. */
export interface Build {
  name: string;
  manifest: BuildManifest;
  carried: ReadonlyMap<string, Uint8Array>;
}

/** A channel, as far as its platforms are asked for. */
export interface OfferingChannel {
  id: string;
  kind: string;
  required: boolean;
}

/** The signed statements that were found: how many roots they were held against, and what became of each. */
export interface AttestationFacts {
  /** Address of the server, with which the name of a signing workflow begins. */
  serverUrl: string;
  roots: number;
  bundles: BundleFinding[];
}

/** All that the provenance of a release is judged by. */
export interface ProvenanceFacts {
  release: NamedRelease;
  /** Pattern of the release's tags, such as `v{version}`. */
  tagPattern: string;
  /** What the configuration demands; undefined where it demands nothing, which proves nothing. */
  policy: ProvenancePolicy | undefined;
  channels: OfferingChannel[];
  targets: TargetManifest | undefined;
  /** The tools that the plan pins. */
  pins: Pin[];
  /** Id of the run that asks. */
  ownRun: string;
  builds: Build[];
  /** Names of builds whose manifest is absent or cannot be read. */
  unreadable: string[];
  /** The run that the builds name; undefined where they name none, or several. */
  run: BuildRun | "absent" | undefined;
  jobs: RunJob[];
  /** The tag as the remote serves it, with the built files that stand in its tree. */
  tag: TreeSighting;
  attestations: AttestationFacts;
}

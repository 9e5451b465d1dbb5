import type { AdmittedRecord } from "#src/domain/admission";
import type { Digest } from "#src/domain/digest";
import type { Effect } from "#src/domain/effect";
import type { ReleaseIdentity } from "#src/domain/release";
import type { Subject } from "#src/domain/subject";
import type { Check } from "#src/domain/verdict";

/** A file that travels beside a record in its artifact. */
export interface Attachment {
  name: string;
  content: string | Uint8Array;
}

/** What a stage hands to the boundary, which turns it into a record, outputs, annotations and a summary. */
export interface StageReport {
  checks: Check[];
  /** What a person or the next stage should do. */
  next: string;
  /** Identity of the release; only the plan decides it, later stages take it from the plan's record. */
  release?: ReleaseIdentity;
  /** Leg of a matrix; the one that the contract's `leg` tells where absent. */
  leg?: string;
  /** Digest of the configuration applied; later stages take it from the plan's record. */
  policy?: Digest;
  /** Records that the stage itself found and admitted, besides those that were handed over: further links of the chain. */
  consumed?: AdmittedRecord[];
  effects?: Effect[];
  subjects?: Subject[];
  attachments?: Attachment[];
  /** Outputs of the action besides the shared ones; they are set once the record is stored, whatever its verdict. */
  outputs?: Record<string, string>;
  /** Says that there is rightly nothing to release. */
  noRelease?: boolean;
  /** Markdown that follows the table of checks in the job summary; the stage has escaped what is not its own text. */
  summary?: string;
}

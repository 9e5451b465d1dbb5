import { amount } from "#src/domain/amount";
import type { Failure } from "#src/domain/failure";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { RunFindings } from "./causes.ts";
import type { FilingScene } from "./filing-scene.ts";
import type { Surroundings } from "./gather-evidence.ts";

const filed = question("blockers-filed", "Every blocker is filed, and closed where its gate has passed");

/** Judges a filing whose writes, where there were any, are all done or planned. */
export function judgeFiled({ target, named }: FilingScene, { causes }: RunFindings, writes: number): Check {
  const blockers = amount(causes.length, "blocker");
  if (!named && causes.length > 0) {
    const because = `expected a plan that names the release, found none: the text of ${blockers} stands in the summary alone`;
    return filed.fail("gates.blocker-unfiled", because);
  }
  if (!target.policy.file) {
    return filed.pass(`${blockers}; the configuration files none, so the text stands in the summary`);
  }
  return filed.pass(`${blockers}, ${amount(writes, "write")}`);
}

/** Judges a filing that something kept from its end. A token that may not write is told apart. */
export function judgeRefused({ kind, code, message }: Failure): Check {
  if (kind === "permission") return filed.unsure("gates.issues-permission", message);
  return filed.unsure(code === "gates.blockers-unknown" ? code : "gates.blocker-unfiled", message);
}

/** GAT-44: says that the run's failed jobs could not be read. It takes nothing away from a blocker, so it never decides. */
export function judgeMetadata({ jobs }: Surroundings): Check[] {
  if (!jobs) return [];
  const read = question("run-metadata", "The failed jobs of the run can be read", false);
  return [
    jobs.known
      ? read.pass(amount(jobs.failed.length, "failed job"))
      : read.unsure("gates.run-metadata-unreadable", jobs.because),
  ];
}

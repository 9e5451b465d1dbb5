import { nearest } from "#src/domain/nearest";
import { stageNames } from "#src/domain/stage";
import { Complaint } from "../complaint.ts";
import type { Fault } from "./fault.ts";
import { approvalFaults } from "./of-the-approval.ts";
import { attestationFaults } from "./of-the-attestation.ts";
import { buildFaults } from "./of-the-build.ts";
import { contractFaults } from "./of-the-contract.ts";
import { crateFaults } from "./of-the-crate.ts";
import { evidenceFaults } from "./of-the-evidence.ts";
import { formulaFaults } from "./of-the-formula.ts";
import { gateFaults } from "./of-the-gates.ts";
import { imageFaults } from "./of-the-image.ts";
import { moduleFaults } from "./of-the-module.ts";
import { partialFaults } from "./of-the-parts.ts";
import { promotionFaults } from "./of-the-promotion.ts";
import { publicationFaults } from "./of-the-publication.ts";
import { pythonFaults } from "./of-the-python-index.ts";
import { repositoryFaults } from "./of-the-repository.ts";
import { smokeFaults } from "./of-the-smoke.ts";
import { smokeRunFaults } from "./of-the-smoke-run.ts";
import { tagFaults } from "./of-the-tag.ts";
import { watchFaults } from "./of-the-watch.ts";
import { worldFaults } from "./of-the-world.ts";

/** Every fault that a rehearsal can inject, by the stage that must notice it. */
export const faults: Fault[] = [
  ...promotionFaults,
  ...repositoryFaults,
  ...contractFaults,
  ...gateFaults,
  ...buildFaults,
  ...publicationFaults,
  ...worldFaults,
  ...crateFaults,
  ...moduleFaults,
  ...formulaFaults,
  ...partialFaults,
  ...imageFaults,
  ...pythonFaults,
  ...approvalFaults,
  ...attestationFaults,
  ...tagFaults,
  ...evidenceFaults,
  ...smokeFaults,
  ...smokeRunFaults,
  ...watchFaults,
].sort((a, b) => stageNames.indexOf(a.stage) - stageNames.indexOf(b.stage));

/** The faults of an example that end with a verdict and are left at that, each with the title of the test that plays it. */
export function titledFaults(example: Fault["example"]): [title: string, fault: Fault][] {
  return faults
    .filter((fault) => fault.example === example && fault.expected.verdict !== "lost" && !fault.repair)
    .map((fault) => [titleOf(fault), fault]);
}

function titleOf({ name, proves, title, expected: { verdict, reason } }: Fault): string {
  return `${proves} ${name}: ${title} → ${verdict}${reason && ` ${reason}`}`;
}

/** Finds a fault by name. Throws a `Complaint` for a name that is none. */
export function faultNamed(name: string): Fault {
  const fault = faults.find((each) => each.name === name);
  if (fault) return fault;
  const names = faults.map((each) => each.name);
  const meant = names.find((each) => each.startsWith(name)) ?? nearest(name, names);
  const hint = meant === undefined ? "" : `Did you mean ${meant}? `;
  throw new Complaint(`expected a fault, found "${name}"`, `${hint}--list names them all.`);
}

import { Complaint } from "../complaint.ts";
import type { Fault } from "./fault.ts";
import { evidenceFaults } from "./of-the-evidence.ts";
import { promotionFaults } from "./of-the-promotion.ts";
import { repositoryFaults } from "./of-the-repository.ts";
import { tagFaults } from "./of-the-tag.ts";
import { worldFaults } from "./of-the-world.ts";

const order = [
  "promote",
  "plan-release",
  "release-gates",
  "auto-tag",
  "publish-verify",
  "smoke-test",
  "watch-window",
  "verdict",
];

/** Every fault that a rehearsal can inject, by the stage that must notice it. */
export const faults: Fault[] = [
  ...promotionFaults,
  ...repositoryFaults,
  ...worldFaults,
  ...tagFaults,
  ...evidenceFaults,
].sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));

/** Finds a fault by name. Throws a `Complaint` for a name that is none. */
export function faultNamed(name: string): Fault {
  const fault = faults.find((each) => each.name === name);
  if (fault) return fault;
  throw new Complaint(
    `expected a fault, found "${name}"`,
    `The faults are ${faults.map((each) => each.name).join(", ")}.`,
  );
}

import { join } from "node:path";
import { endingLines, isGood } from "../../rehearsal/conclude.ts";
import type { Fault } from "../../rehearsal/faults/fault.ts";
import { rehearse } from "../../rehearsal/rehearse.ts";
import { exampleSubject } from "../../rehearsal/subject.ts";
import { root } from "../root.ts";
import { aFolder, type Ending } from "./drive.ts";

/**
 * Plays a fault as the command does, inside of this process: a hundred and more are played, and each start of the command costs more
 * than its embedded servers do. The command itself is driven by the tests of what it prints and how it ends.
 */
export async function playFault(fault: Fault): Promise<Ending> {
  const folder = aFolder();
  const lines: string[] = [];
  const ended = await rehearse(exampleSubject(root, fault.example), {
    ...{
      root,
      base: folder,
      event: "workflow_dispatch",
      inputs: {},
      secrets: {},
      vars: {},
      reviewers: "approved",
      fault,
    },
    narrator: { line: (text) => void lines.push(text), now: () => undefined },
  });
  const output = [...lines, ...endingLines(ended, folder)].join("\n");
  return { code: isGood(ended) ? 0 : 1, output, folder: join(folder, "latest") };
}

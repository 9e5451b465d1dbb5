import * as z from "zod";
import { executionFields, files, findingExits, gateFields, producer } from "#src/contract/config/gates/fields";

/** A gate that holds breaking changes to the release's notes. */
export const driftGate = z.strictObject({
  ...gateFields,
  kind: z
    .literal("drift")
    .describe("Reads what a tool names as breaking, one item a line; the release's notes must name each item too."),
  run: producer("the list"),
  files: files("lists of breaking items, one a line; an empty list passes"),
  "finding-exits": findingExits(),
  ...executionFields,
});

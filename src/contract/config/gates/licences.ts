import * as z from "zod";
import { executionFields, files, gateFields, producer, selfTest } from "#src/contract/config/gates/fields";

const archived = () => z.string().regex(/^(?!\/)(?!.*\.\.).+$/, "expected a path inside the archive, without `..`");

/** A gate that looks for licence texts in what is shipped. */
export const licencesGate = z.strictObject({
  ...gateFields,
  kind: z.literal("licences").describe("Looks for licence and notice files inside every archive that is shipped."),
  run: producer("the archives"),
  files: files("archives: npm tarballs, crates, sdists (gzipped tar), wheels and other zips"),
  ...executionFields,
  contains: z
    .array(z.union([archived(), z.array(archived()).min(1)]))
    .min(1)
    .default([["LICENSE", "LICENSE.md", "LICENSE.txt"]])
    .describe(
      "Files that every archive must hold, not empty, at its root, in its one top folder or among a wheel's licences; a list in the list names alternatives.",
    ),
  "self-test": selfTest("file or glob"),
});

import * as z from "zod";
import { digestPattern } from "#src/domain/digest";
import { fullSha } from "#src/domain/release";

const tiers = z.array(z.string().min(1)).min(1);

/** A tester's marker. Each piece of evidence names a run, or a file of the checkout with its digest, and the tiers it covers. */
export const markerSchema = z.object({
  version: z.string(),
  sha: z.string().regex(fullSha, "expected a full commit id"),
  tester: z.string(),
  "attested-at": z.iso.datetime(),
  "open-findings": z.int().nonnegative().optional(),
  tiers,
  evidence: z
    .array(
      z.union([
        z.object({
          tiers,
          run: z.string().regex(/^\d+$|^https:\/\/\S+\/actions\/runs\/\d+$/, "expected the id or address of a run"),
        }),
        z.object({ tiers, file: z.string().min(1), digest: z.string().regex(digestPattern, "expected sha256:<hex>") }),
      ]),
    )
    .min(1),
});

/** A marker as it was read. */
export type Marker = z.infer<typeof markerSchema>;

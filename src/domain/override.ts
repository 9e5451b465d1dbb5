import * as z from "zod";
import { type Code, catalogue, isCode } from "#src/domain/catalogue";

/** Characters that the reason of an override has at least. */
export const leastReason = 10;

/** A person's override of one finding: which code, who, when and why. */
export const overrideSchema = z.strictObject({
  code: z
    .string()
    .refine(isCode, "expected a reason code of the catalogue")
    .describe("Reason code that is overridden."),
  actor: z.string().min(1).describe("Who asked for it."),
  at: z.iso.datetime({ precision: 0 }).describe("When, in UTC."),
  reason: z.string().min(leastReason).describe("Why, in at least ten characters."),
});

/** A person's override of one finding. */
export type Override = z.infer<typeof overrideSchema>;

/** What may carry an override: a finding with its code. */
interface Overridable {
  result: string;
  code?: Code | undefined;
  override?: Override | undefined;
}

/**
 * Tells whether a finding is overridden: it stands against the release, the override names its very code, and the catalogue lets
 * that code be overridden. An override of anything else changes nothing.
 */
export function isOverridden({ result, code, override }: Overridable): boolean {
  const stands = result === "fail" || result === "inconclusive";
  return stands && override !== undefined && override.code === code && catalogue[override.code].overridable;
}

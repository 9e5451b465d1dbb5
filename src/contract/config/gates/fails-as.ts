import * as z from "zod";

/** Codes by which a gate may fail in place of its kind's own, so that the reason names the question and not the means. */
export const failureCodes = [
  "gates.local-check-failed",
  "gates.unsafe-invariant-unclear",
  "gates.unsafe-untested",
  "gates.concurrency",
  "gates.api-breaking-unjustified",
  "gates.docs-mismatch",
  "gates.bindings",
  "gates.ui-security",
  "gates.clean-install",
  "gates.process-leak",
  "gates.rollback-target-missing",
  "gates.rollback-not-pullable",
  "gates.rollback-unsupported",
  "gates.rollback-not-bootable",
] as const;

/** The code by which a gate, or a part of one, fails. */
export const failsAs = () =>
  z
    .enum(failureCodes)
    .optional()
    .describe("Reason code of a failure, where the question has one of its own; that of the kind where absent.");

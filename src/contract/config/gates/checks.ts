import * as z from "zod";
import { durationInJob } from "#src/contract/config/fields";
import { gateFields } from "#src/contract/config/gates/fields";

const name = () => z.string().min(1);

const matrix = z.strictObject({
  check: name().describe("Name of the check, without what stands in parentheses."),
  legs: z
    .array(name())
    .min(1)
    .describe("What stands in parentheses for each leg, such as `3.12` or `3.12, ubuntu-latest`; each must have run."),
});

/** A gate that looks for check runs on the commit. */
export const checksGate = z
  .strictObject({
    ...gateFields,
    kind: z.literal("checks").describe("Looks for check runs on the exact commit."),
    checks: z.array(name()).default([]).describe("Check runs that must have succeeded on this commit, by name."),
    matrix: z
      .array(matrix)
      .default([])
      .describe("Checks that run as the legs of a matrix, each of which must have succeeded."),
    wait: durationInJob()
      .optional()
      .describe("How long to wait for checks that are still running; without it they block at once."),
  })
  .refine(({ checks, matrix }) => checks.length + matrix.length > 0, "expected a check in `checks` or in `matrix`");

/** Lists the names of all checks that a gate wants, the legs of its matrices as GitHub names them. */
export function checkNames({ checks, matrix }: Pick<z.output<typeof checksGate>, "checks" | "matrix">): string[] {
  return [...new Set([...checks, ...matrix.flatMap(({ check, legs }) => legs.map((leg) => `${check} (${leg})`))])];
}

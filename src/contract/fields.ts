import * as z from "zod";
import { modes } from "#src/domain/release";

/** A text that must not be empty. */
export const text = () => z.string().trim().min(1, "expected a value, found nothing");

/** A text that may be left out. */
export const optionalText = () => z.string().trim().default("");

/** The mode of the run (input `release-mode`), the same for every stage. */
export const releaseMode = () =>
  z.enum(modes).default("live").describe("`live`, or `rehearsal`: everything is read and decided, nothing is written.");

/** The records a stage relies on. */
export const records = () =>
  z
    .string()
    .default("")
    .describe("Records of earlier stages, one `<artifact>@sha256:<digest>` a line, from their `record` outputs.");

/** The token for the API, with the scopes that the action's README lists. */
export const githubToken = () => text().meta({ secret: true, actionDefault: "${{ github.token }}" });

/** A list, one entry a line; blank lines are left out. */
export function lines(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

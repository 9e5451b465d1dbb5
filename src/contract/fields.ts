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

/** Variables, one `NAME=value` a line. A complaint names the line and never what stands there, as that may be a secret. */
export const assignments = () =>
  z
    .string()
    .default("")
    .superRefine((text, context) => {
      for (const message of misassigned(text)) context.addIssue({ code: "custom", message });
    });

function misassigned(text: string): string[] {
  const names = text.split(/\r?\n/).map((line) => (line.trim() === "" ? "" : assignmentIn(line)?.[0]));
  return names.flatMap((name, index) => {
    const doubled = name !== "" && names.indexOf(name) < index;
    if (name !== undefined && !doubled) return [];
    const found = name === undefined ? "found none" : "found one that stands there already";
    return [`line ${index + 1}: expected a variable as NAME=value, ${found}`];
  });
}

/** Reads variables, one `NAME=value` a line, as `assignments` has let them pass. */
export function readAssignments(text: string): Map<string, string> {
  return new Map(lines(text).flatMap((line) => [assignmentIn(line)].filter((found) => found !== undefined)));
}

function assignmentIn(line: string): [name: string, value: string] | undefined {
  const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value.trim()];
}

/** The token for the API, with the scopes that the action's README lists. */
export const githubToken = () => text().meta({ secret: true, actionDefault: "${{ github.token }}" });

/** A list, one entry a line; blank lines are left out. */
export function lines(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

import * as z from "zod";
import type { AdmittedRecord } from "#src/domain/admission";
import { type BuiltFile, builtKinds } from "#src/domain/build-manifest";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import { containsVersion, containsVersionOf } from "#src/domain/version-token";

/** Name of the plan's attachment that holds the frozen pins. */
export const toolchainAttachment = "toolchain.json";

/** How a pinned version is written: as it is, or up to a last part that may be any. */
export const pinnedVersion = /^[0-9A-Za-z][0-9A-Za-z.+_-]*(?:\.\*)?$/;

const pinSchema = z.strictObject({
  id: z.string().min(1).describe("Id of the tool."),
  run: z.string().min(1).describe("Command line that prints its version."),
  version: z.string().regex(pinnedVersion).describe("Version that it must print; `.*` at its end stands for any rest."),
  kinds: z.array(z.enum(builtKinds)).nullable().describe("Kinds of built files that it makes; null for all."),
});

/** The tools that a release is built with, each in its version, wherever the project writes it down. */
export const toolchainSchema = z.strictObject({
  schema: z.literal("seaworthy-toolchain/1").describe("Format of the pins."),
  pins: z.array(pinSchema).min(1).describe("The pins, in the order of the configuration."),
});

/** The frozen pins of a release. */
export type Toolchain = z.infer<typeof toolchainSchema>;

/** One pinned tool. */
export type Pin = Toolchain["pins"][number];

/** Reads the pins that a plan froze; none where none are declared. Throws `all.evidence-mismatch` for another form. */
export function pinsOf({ attachments }: Pick<AdmittedRecord, "attachments">): Pin[] {
  const bytes = attachments.get(toolchainAttachment);
  if (!bytes) return [];
  const parsed = toolchainSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data.pins;
  throw new Failure({
    kind: "conflict",
    code: "all.evidence-mismatch",
    message: `expected pins in the plan's ${toolchainAttachment}, found another document`,
    hint: "Hand the `record` output of plan-release over in `records`; start the release again if it was altered.",
  });
}

/** Tells whether a build of some kind is made with a pinned tool. */
export function concerns({ kinds }: Pin, kind: BuiltFile["kind"]): boolean {
  return kinds === null || kinds.includes(kind);
}

/** Tells whether what a tool printed names its pinned version as a whole token. */
export function namesPinned(said: string, version: string): boolean {
  return version.endsWith(".*") ? containsVersionOf(said, version.slice(0, -2)) : containsVersion(said, version);
}

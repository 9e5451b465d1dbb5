import * as z from "zod";

/** What a run may do: read and write (`live`), or read everything and write nothing (`rehearsal`). */
export const modes = ["live", "rehearsal"] as const;

/** The mode of a run. */
export type Mode = (typeof modes)[number];

/** Pattern of a full git object id, 40 lower-case hexadecimal digits. */
export const fullSha = /^[0-9a-f]{40}$/;

/** Which release a record speaks of. Until the plan has decided them, `tag`, `version` and `base` are null. */
export const releaseSchema = z.strictObject({
  repository: z.string().describe("Owner and name, as in `owner/name`."),
  component: z.string().describe("Component of the repository; `default` where there is only one."),
  tag: z.string().nullable().describe("Tag that names the version."),
  version: z.string().nullable().describe("Version without prefix."),
  sha: z.string().regex(fullSha).describe("Commit that is released."),
  base: z.string().nullable().describe("Tag of the release before; null for a first release."),
  mode: z.enum(modes).describe("Whether the run may write."),
});

/** The identity of a release. */
export type ReleaseIdentity = z.infer<typeof releaseSchema>;

/** A release whose tag and version are decided. */
export type NamedRelease = ReleaseIdentity & { tag: string; version: string };

import * as z from "zod";
import { fullSha } from "#src/domain/release";

/** Name of the attachment that holds the manifest, in the artifact of build-manifest. */
export const manifestAttachment = "manifest.json";

/** Folder of the attachments that hold the built files themselves. */
export const filesFolder = "files";

const builtFileSchema = z.strictObject({
  name: z.string().min(1).describe("File name of a tarball, or path inside the repository for a file of its tree."),
  kind: z.enum(["npm", "git-tree"]).describe("How users get the file: an npm tarball, or a file of the tag's tree."),
  package: z.string().nullable().describe("Name of the package in a tarball; null for a file of the tree."),
  size: z.int().nonnegative().describe("Size in bytes."),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 in hexadecimal."),
  sha512: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .describe("SHA-512 in hexadecimal; npm's integrity holds the same digest in base64."),
  mode: z
    .string()
    .regex(/^[0-7]{3,4}$/)
    .describe("Permission bits in octal, such as `644`."),
});

/** What a build made, file by file, and what it was made from. */
export const buildManifestSchema = z.strictObject({
  schema: z.literal("seaworthy-build-manifest/1").describe("Format of the manifest."),
  tag: z.string().describe("Tag that names the release."),
  version: z.string().describe("Version without prefix."),
  commit: z.string().regex(fullSha).describe("Commit that was checked out when the files were built."),
  run: z.string().describe("Id of the run that built them."),
  workflow: z
    .string()
    .describe("Workflow that built them, as `owner/name/path@ref`; empty where the runner did not tell."),
  files: z.array(builtFileSchema).min(1).describe("The built files, sorted by name."),
});

/** A build's manifest. */
export type BuildManifest = z.infer<typeof buildManifestSchema>;

/** One built file of a manifest. */
export type BuiltFile = BuildManifest["files"][number];

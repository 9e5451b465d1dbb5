import { createHash } from "node:crypto";
import * as z from "zod";

/** Where files are uploaded, and with whose credential. */
export interface UploadTarget {
  address: string;
  user: string;
  password: string;
}

/** What the index answered to one file. */
export interface UploadAnswer {
  code: number;
  reason: string;
}

const variables = z.object({
  TWINE_REPOSITORY_URL: z.string().min(1),
  TWINE_USERNAME: z.string().min(1),
  TWINE_PASSWORD: z.string().min(1),
});

/** Reads the target from the variables that twine reads; undefined where one of them is missing. */
export function uploadTarget(environment: Record<string, string | undefined>): UploadTarget | undefined {
  const { data } = variables.safeParse(environment);
  return data && { address: data.TWINE_REPOSITORY_URL, user: data.TWINE_USERNAME, password: data.TWINE_PASSWORD };
}

/** Uploads a wheel or an sdist by the legacy protocol. Rejects where no answer comes. */
export async function uploadFile(
  { filename, bytes }: { filename: string; bytes: Uint8Array },
  { address, user, password }: UploadTarget,
): Promise<UploadAnswer> {
  const isWheel = filename.endsWith(".whl");
  const pattern = isWheel ? /^([^-]+)-([^-]+)-/ : /^(.+)-([^-]+)\.tar\.gz$/;
  const [, name, version] = pattern.exec(filename) ?? [];
  if (name === undefined || version === undefined) {
    throw new Error(`expected the name of a wheel or of a source distribution, found ${filename}`);
  }
  const form = new FormData();
  const fields = {
    ":action": "file_upload",
    protocol_version: "1",
    metadata_version: "2.1",
    filetype: isWheel ? "bdist_wheel" : "sdist",
    sha256_digest: createHash("sha256").update(bytes).digest("hex"),
    ...{ name, version },
  };
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("content", new Blob([new Uint8Array(bytes)]), filename);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const answer = await fetch(address, { method: "POST", headers: { authorization }, body: form });
  return { code: answer.status, reason: answer.statusText };
}

import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import { pythonName } from "#src/domain/python-names";
import { answer, type PypiAnswer, refusal } from "./answer.ts";
import type { PypiReading } from "./reads.ts";
import { digestOf } from "./store.ts";

/** An upload as it came. */
export interface PypiUpload {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const form = z.object({
  ":action": z.literal("file_upload"),
  protocol_version: z.literal("1"),
  name: z.string().min(1),
  version: z.string().min(1),
  filetype: z.enum(["bdist_wheel", "sdist"]),
  sha256_digest: z.string().optional(),
  requires_python: z.string().optional(),
  content: z.instanceof(File),
});

/** Takes an upload of the legacy protocol from who bears the token, each file name once and for all. */
export async function takeUpload(index: PypiReading, token: string, upload: PypiUpload): Promise<PypiAnswer> {
  const { headers } = upload;
  if (headers.authorization !== `Basic ${Buffer.from(`__token__:${token}`).toString("base64")}`) {
    return refusal(403, "Invalid or non-existent authentication information.");
  }
  const fields = form.safeParse(await fieldsOf(upload));
  if (!fields.success) return refusal(400, z.prettifyError(fields.error).replace(/\s+/g, " "));
  const { content, name, version, filetype, sha256_digest: announced, requires_python: python } = fields.data;
  const bytes = Buffer.from(await content.arrayBuffer());
  if (announced !== undefined && announced !== digestOf(bytes)) {
    return refusal(400, "The digest supplied does not match a digest calculated from the uploaded file.");
  }
  const known = index.store.find(content.name);
  // The same bytes again change nothing, as a client that lost the answer sends them again.
  if (known) {
    return known.sha256 === digestOf(bytes) ? answer(200, "text/plain", "OK\n") : refusal(400, "File already exists.");
  }
  const uploadedAt = index.now();
  const lag = index.faults.lagMs();
  const later = (milliseconds: number) => new Date(uploadedAt.getTime() + milliseconds).toISOString();
  const times = { uploadedAt: later(0), listedAt: later(lag.list), versionAt: later(lag.version) };
  const about = { project: pythonName(name), filename: content.name, version, packagetype: filetype };
  index.store.add({ ...about, requiresPython: python ?? null, ...times }, bytes);
  const taken = answer(200, "text/plain", "OK\n");
  return index.faults.losesResponse() ? { ...taken, cut: true, fault: "lost-response" } : taken;
}

/** Reads the form; of a field that comes several times, such as a classifier, the last one. */
async function fieldsOf({ headers, body }: PypiUpload): Promise<Record<string, unknown>> {
  const request = new Request("http://index.invalid/", {
    method: "POST",
    headers: { "content-type": headers["content-type"] ?? "" },
    body: new Uint8Array(body),
  });
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    return {};
  }
}

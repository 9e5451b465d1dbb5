import type { OutgoingHttpHeaders } from "node:http";

/** The fault that shaped an answer, by the name that the journal gives it. */
export type PypiFaultName =
  | "lag"
  | "yanked"
  | "unavailable"
  | "limited"
  | "other-bytes"
  | "stale-list"
  | "lost-response";

/** An answer of the index, and the fault that shaped it. `cut` ends the connection instead of answering. */
export interface PypiAnswer {
  code: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
  /** Words beside the code; they are all that twine shows. */
  reason?: string;
  fault?: PypiFaultName;
  cut?: boolean;
}

/** Answers with text of a media type. */
export function answer(code: number, type: string, text: string | Buffer): PypiAnswer {
  return { code, headers: { "content-type": type }, body: Buffer.from(text) };
}

/** Refuses in one line, which is all that clients show. */
export function refusal(code: number, line: string): PypiAnswer {
  return { ...answer(code, "text/plain; charset=utf-8", `${code} ${line}\n`), reason: line };
}

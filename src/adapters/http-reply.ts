import * as z from "zod";

/** The parts of an answer that are read, as the built-in client and the one for proxies both give them. */
export const httpReply = z.object({
  status: z.number(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});

/** Reads a body to a number of bytes; what follows is not waited for, and its being cut is told. */
export async function readBody(
  body: AsyncIterable<Uint8Array> | null,
  longest: number,
): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > longest) return { bytes: Buffer.concat(chunks).subarray(0, longest), cut: true };
  }
  return { bytes: Buffer.concat(chunks), cut: false };
}

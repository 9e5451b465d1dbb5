import { matchesGlob } from "node:path";
import type { CheckoutFile, CheckoutFiles } from "#src/ports/checkout-files";

/** Builds a regular file of the checkout from its text or bytes. */
export function aFile(
  path: string,
  content: string | Uint8Array = "",
  overrides: Partial<CheckoutFile> = {},
): CheckoutFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { path, regular: true, size: bytes.byteLength, modified: 0, bytes, ...overrides };
}

/** A checkout in memory; `files` may be changed while it is used, as a command would. */
export function fakeCheckoutFiles(...files: CheckoutFile[]): CheckoutFiles & { files: CheckoutFile[] } {
  return {
    files,
    async matching(patterns, largest) {
      return files
        .filter(({ path }) => patterns.some((pattern) => matchesGlob(path, pattern)))
        .map((file) => (file.size > largest ? { ...file, bytes: undefined } : file))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

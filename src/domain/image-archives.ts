import { readDocument } from "#src/domain/image-documents";

/** A part of an image, by its digest. `registry` is the digest of the manifest that names it. */
export interface ImagePart {
  name: string;
  bytes: Uint8Array;
  registry: string;
}

/**
 * Lists a manifest with its configuration and its layers, out of all content that is at hand; an index stands for itself.
 * What is not at hand is left out, and missed by whoever unpacks it.
 */
export function imageParts(manifest: string, contentOf: (digest: string) => Uint8Array | undefined): ImagePart[] {
  const bytes = contentOf(manifest);
  if (!bytes) return [];
  const document = readDocument({ bytes });
  const digests = document?.kind === "image" ? document.parts.map(({ digest }) => digest) : [];
  return [manifest, ...new Set(digests)].flatMap((digest) => {
    const content = contentOf(digest);
    return content ? [{ name: digest, bytes: content, registry: manifest }] : [];
  });
}

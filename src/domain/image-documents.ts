import * as z from "zod";
import { digestPattern } from "#src/domain/digest";
import { parseJson } from "#src/domain/parse-json";

const descriptor = z.looseObject({
  digest: z.string().regex(digestPattern),
  size: z.int().nonnegative(),
  mediaType: z.string().default(""),
});
const platform = z.looseObject({ os: z.string(), architecture: z.string(), variant: z.string().default("") });
const index = z.looseObject({ manifests: z.array(descriptor.extend({ platform: platform.optional() })) });
const image = z.looseObject({ config: descriptor, layers: z.array(descriptor) });

/** Content of an image by digest and size. */
export type Descriptor = Pick<z.infer<typeof descriptor>, "digest" | "size">;

/** A manifest as a registry serves it: of one platform, or an index over the manifests of several. */
export type ImageDocument =
  | { kind: "image"; parts: Descriptor[]; config: Descriptor }
  | { kind: "index"; platforms: { platform: string; digest: string }[] };

/** Every form of manifest that clients take; a registry converts nothing for who takes all. */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Reads a manifest; undefined where it is none. What an index holds for no platform, as attestations do, is left out. */
export function readDocument({ bytes }: { bytes: Uint8Array }): ImageDocument | undefined {
  const json = parseJson(bytes);
  const many = index.safeParse(json);
  if (many.success) {
    const platforms = many.data.manifests.flatMap(({ digest, platform: of }) => {
      const name = of && platformName(of);
      return name === undefined ? [] : [{ platform: name, digest }];
    });
    return { kind: "index", platforms };
  }
  const one = image.safeParse(json);
  if (!one.success) return undefined;
  return { kind: "image", config: one.data.config, parts: [one.data.config, ...one.data.layers] };
}

/** Reads the platform that the configuration of an image names; undefined where it names none. */
export function platformOf(served: { bytes: Uint8Array } | object): string | undefined {
  const { data } = platform.safeParse(
    "bytes" in served && served.bytes instanceof Uint8Array ? parseJson(served.bytes) : undefined,
  );
  return data && platformName(data);
}

function platformName({ os, architecture, variant }: z.infer<typeof platform>): string | undefined {
  if (os === "unknown") return undefined;
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}

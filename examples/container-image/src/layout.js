import { createHash } from "node:crypto";

const types = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
};

/** Platforms that the image is for. The files are the same on each; a client still asks for its own. */
export const platforms = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** Lays an image of one layer out (OCI image layout 1.0.0): by path, the bytes of every file. */
export function layOut(layer, labels) {
  const files = new Map();
  const keep = (mediaType, bytes) => {
    const hash = createHash("sha256").update(bytes).digest("hex");
    files.set(`blobs/sha256/${hash}`, bytes);
    return { mediaType, digest: `sha256:${hash}`, size: bytes.length };
  };
  const json = (value) => Buffer.from(JSON.stringify(value));
  const content = keep(types.layer, layer);
  const manifests = platforms.map((platform) => {
    const rootfs = { type: "layers", diff_ids: [content.digest] };
    const config = keep(types.config, json({ ...platform, config: { Labels: labels }, rootfs }));
    const image = { schemaVersion: 2, mediaType: types.manifest, config, layers: [content] };
    return { ...keep(types.manifest, json(image)), platform };
  });
  const index = keep(types.index, json({ schemaVersion: 2, mediaType: types.index, manifests }));
  files.set("oci-layout", json({ imageLayoutVersion: "1.0.0" }));
  files.set("index.json", json({ schemaVersion: 2, mediaType: types.index, manifests: [index] }));
  return files;
}

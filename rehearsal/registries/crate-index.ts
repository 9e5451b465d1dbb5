import * as z from "zod";

const dependency = z.object({
  name: z.string(),
  version_req: z.string(),
  features: z.array(z.string()),
  optional: z.boolean(),
  default_features: z.boolean(),
  target: z.string().nullable(),
  kind: z.string(),
  registry: z.string().nullish(),
  explicit_name_in_toml: z.string().nullish(),
});

const features = z.record(z.string(), z.array(z.string()));

/** What cargo tells a registry of a crate that it publishes (The Cargo Book, "Web API"). */
const publication = z.object({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
  vers: z.string(),
  deps: z.array(dependency),
  features,
  links: z.string().nullish(),
  rust_version: z.string().nullish(),
});

/** A crate that is handed in: what was said of it, and its archive. */
export interface HandedIn {
  name: string;
  version: string;
  /** Its line of the index, as JSON, but for checksum and yank. */
  line: string;
  crate: Buffer;
}

/** Reads the body of an upload: two parts, each after its length as 32 bits with the lowest byte first. Throws on any other. */
export function readUpload(body: Buffer): HandedIn {
  const length = body.readUInt32LE(0);
  const told = publication.parse(JSON.parse(body.toString("utf8", 4, 4 + length)));
  const crate = body.subarray(8 + length);
  if (body.readUInt32LE(4 + length) !== crate.length) throw new Error("expected a whole crate, found another length");
  const { name, vers, deps, links = null, rust_version } = told;
  const line = {
    name,
    vers,
    deps: deps.map(indexed),
    features: told.features,
    links,
    ...(rust_version && { rust_version }),
  };
  return { name, version: vers, line: JSON.stringify(line), crate };
}

/** The index names a renamed dependency by its new name, and the crate beside it. */
function indexed({ version_req, explicit_name_in_toml, name, registry, ...same }: z.infer<typeof dependency>) {
  const renamed = explicit_name_in_toml ? { name: explicit_name_in_toml, package: name } : { name };
  return { ...same, ...renamed, req: version_req, registry: registry ?? null };
}

/** The path of a crate's file in a sparse index (The Cargo Book, "Index Files"). */
export function indexPath(name: string): string {
  const lower = name.toLowerCase();
  if (lower.length <= 2) return `${lower.length}/${lower}`;
  if (lower.length === 3) return `3/${lower[0]}/${lower}`;
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`;
}

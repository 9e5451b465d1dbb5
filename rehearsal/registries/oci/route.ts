/** What a request asks of an image registry, by the OCI distribution specification. `reference` is a tag or a digest. */
export type OciRoute =
  | { kind: "base" }
  | { kind: "token" }
  | { kind: "manifest"; name: string; reference: string }
  | { kind: "blob"; name: string; digest: string }
  | { kind: "uploads"; name: string }
  | { kind: "upload"; name: string; upload: string }
  | { kind: "tags"; name: string }
  | { kind: "referrers"; name: string; digest: string }
  | { kind: "other" };

const part = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const tag = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";
const inRepository = new RegExp(`^/v2/(?<name>${part}(?:/${part})*)/(?<rest>(?:manifests|blobs|tags|referrers)/.+)$`);
const manifest = new RegExp(`^manifests/(${tag}|${digest})$`);
const blob = new RegExp(`^blobs/(${digest})$`);
const referrers = new RegExp(`^referrers/(${digest})$`);
const upload = /^blobs\/uploads\/([0-9a-f-]+)$/;

/** Reads the route from a request's path. */
export function ociRoute(path: string): OciRoute {
  const { pathname } = new URL(path, "http://registry.invalid");
  if (pathname === "/v2/" || pathname === "/v2") return { kind: "base" };
  if (pathname === "/token") return { kind: "token" };
  const { name, rest } = inRepository.exec(pathname)?.groups ?? {};
  return name === undefined || rest === undefined ? { kind: "other" } : within(name, rest);
}

function within(name: string, rest: string): OciRoute {
  if (rest === "blobs/uploads/" || rest === "blobs/uploads") return { kind: "uploads", name };
  if (rest === "tags/list") return { kind: "tags", name };
  const begun = upload.exec(rest)?.[1];
  if (begun) return { kind: "upload", name, upload: begun };
  const reference = manifest.exec(rest)?.[1];
  if (reference) return { kind: "manifest", name, reference };
  const named = blob.exec(rest)?.[1];
  if (named) return { kind: "blob", name, digest: named };
  const subject = referrers.exec(rest)?.[1];
  return subject ? { kind: "referrers", name, digest: subject } : { kind: "other" };
}

/** Reads JSON, as text or as bytes of UTF-8; undefined where it is none, which a schema then refuses. */
export function parseJson(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof json === "string" ? json : new TextDecoder().decode(json));
  } catch {
    return undefined;
  }
}

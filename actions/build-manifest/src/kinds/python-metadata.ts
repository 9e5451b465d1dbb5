/** What the metadata of a Python package says: its header fields, the first of each name. */
export interface PythonMetadata {
  name: string;
  version: string;
}

/** Reads name and version out of core metadata (`METADATA`, `PKG-INFO`). Throws `RangeError` where one of them is missing. */
export function readMetadata(bytes: Uint8Array): PythonMetadata {
  const fields = headerFields(new TextDecoder().decode(bytes));
  const [name, version] = [fields.get("name")?.[0], fields.get("version")?.[0]];
  if (!name || !version) throw new RangeError("expected Name and Version in the metadata, found none");
  return { name, version };
}

/** Reads header fields as in a mail, by name in lower case, up to the first empty line; a field may stand several times. */
export function headerFields(text: string): Map<string, string[]> {
  const [head = ""] = text.replaceAll("\r\n", "\n").split("\n\n");
  const fields = new Map<string, string[]>();
  for (const line of head.split("\n")) {
    const [, name = "", value = ""] = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== "") fields.set(name.toLowerCase(), [...(fields.get(name.toLowerCase()) ?? []), value.trim()]);
  }
  return fields;
}

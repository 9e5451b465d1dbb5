/**
 * Finds the first path at which a value stands inside of itself, as YAML's aliases allow; undefined where none does. What
 * many aliases share is searched once.
 */
export function selfReference(value: unknown): PropertyKey[] | undefined {
  return search(value, { path: [], around: new Set(), cleared: new Set() });
}

interface Search {
  path: PropertyKey[];
  around: Set<object>;
  cleared: Set<object>;
}

function search(value: unknown, { path, around, cleared }: Search): PropertyKey[] | undefined {
  if (typeof value !== "object" || value === null || cleared.has(value)) return undefined;
  if (around.has(value)) return path;
  around.add(value);
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    const found = search(inner, { path: [...path, step], around, cleared });
    if (found) return found;
  }
  around.delete(value);
  cleared.add(value);
  return undefined;
}

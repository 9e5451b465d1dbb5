import { haveIds, type Identified, isMapping, type Mapping, sameForm } from "#src/contract/preset-forms";

/**
 * Lays a configuration over a preset, both as they are written: the configuration's keys win, lists whose members carry ids
 * are merged by id in the preset's order, and every other list is replaced. Of a member of another kind or mode only the title
 * stays, because its other keys would mean something else.
 */
export function mergePreset(preset: unknown, own: unknown): unknown {
  if (isMapping(preset) && isMapping(own)) return mergeMappings(preset, own);
  if (haveIds(preset) && haveIds(own)) return mergeLists(preset, own);
  return own;
}

/**
 * Tells where in the configuration stands what the merged one has at a path: as far as it goes, with the index that the
 * configuration itself gives. `whole` is false where the rest comes from the preset.
 */
export function ownPath(
  path: readonly PropertyKey[],
  merged: unknown,
  own: unknown,
): { path: PropertyKey[]; whole: boolean } {
  const [key, ...rest] = path;
  if (key === undefined) return { path: [], whole: true };
  const step = typeof key === "number" ? ownIndex(key, merged, own) : key;
  const inner = step === undefined ? undefined : held(own, step);
  if (step === undefined || (inner === undefined && rest.length > 0)) return { path: [], whole: false };
  const deeper = ownPath(rest, held(merged, key), inner);
  return { path: [step, ...deeper.path], whole: deeper.whole };
}

function mergeMappings(preset: Mapping, own: Mapping): Mapping {
  const base = sameForm(preset, own) ? preset : titleOf(preset);
  const merged = Object.entries(own).map(([key, value]) => [key, key in base ? mergePreset(base[key], value) : value]);
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

function titleOf({ id, title }: Mapping): Mapping {
  return { ...(id === undefined ? {} : { id }), ...(title === undefined ? {} : { title }) };
}

function mergeLists(preset: Identified[], own: Identified[]): Mapping[] {
  const changed = preset.map((member) => {
    const change = own.find(({ id }) => id === member.id);
    return change ? mergeMappings(member, change) : member;
  });
  const seen = new Set<unknown>();
  const added = own.filter(({ id }) => {
    const known = preset.some((member) => member.id === id) && !seen.has(id);
    seen.add(id);
    return !known;
  });
  return [...changed, ...added];
}

/** Members of one id keep their order over a preset, so that the second of two is told from the first. */
function ownIndex(index: number, merged: unknown, own: unknown): number | undefined {
  const member = held(merged, index);
  if (!haveIds(own) || !isMapping(member)) return index;
  const before = Array.isArray(merged) ? merged.slice(0, index) : [];
  const twins = before.filter((one) => held(one, "id") === member.id).length;
  return [...own.keys()].filter((at) => held(own[at], "id") === member.id)[twins];
}

function held(value: unknown, key: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isMapping(value) ? value[String(key)] : undefined;
}

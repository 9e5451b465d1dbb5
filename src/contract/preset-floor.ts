import type { ConfigComplaint } from "#src/contract/config-complaints";
import { haveIds, isMapping, type Mapping, sameForm } from "#src/contract/preset-forms";

/**
 * Complains where a configuration takes away what its preset asks, without a reason: a list that is emptied, and a gate of
 * another kind, one that does not decide, or one that applies sometimes. Paths are those of the configuration itself.
 */
export function weakenings(preset: unknown, own: unknown, path: readonly PropertyKey[] = []): ConfigComplaint[] {
  if (Array.isArray(preset) && preset.length > 0 && Array.isArray(own) && own.length === 0) {
    return [{ path, expected: "the preset's list, or one that is not empty", found: "[]" }];
  }
  if (haveIds(preset) && haveIds(own)) {
    return own.flatMap((member, index) => {
      const base = preset.find(({ id }) => id === member.id);
      if (!base) return [];
      const at = [...path, index];
      return [...(isGates(path) ? gateWeakenings(base, member, at) : []), ...weakenings(base, member, at)];
    });
  }
  if (!isMapping(preset) || !isMapping(own) || !sameForm(preset, own)) return [];
  return Object.entries(own).flatMap(([key, value]) => weakenings(preset[key], value, [...path, key]));
}

const excuse = "write `kind: not-applicable` with a reason";
const instead = `to judge otherwise, ${excuse}, and a gate of your own`;

function gateWeakenings(preset: Mapping, own: Mapping, path: readonly PropertyKey[]): ConfigComplaint[] {
  if (own.kind === "not-applicable") return [];
  const named = `the preset's gate ${String(preset.id)}`;
  const otherKind = own.kind !== undefined && own.kind !== preset.kind;
  const found: [key: string, is: boolean, expected: string, found: string][] = [
    ["kind", otherKind, `${JSON.stringify(preset.kind)}, as in the preset; ${instead}`, JSON.stringify(own.kind)],
    ["required", own.required === false, `${named} to decide; to leave it out, ${excuse}`, "false"],
    ["applies-when", "applies-when" in own, `${named} to apply always; ${instead}`, "a condition"],
  ];
  return found.flatMap(([key, is, expected, what]) => (is ? [{ path: [...path, key], expected, found: what }] : []));
}

function isGates(path: readonly PropertyKey[]): boolean {
  return path.length === 1 && path[0] === "gates";
}

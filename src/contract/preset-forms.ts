/** A mapping, as it is written. */
export type Mapping = Record<string, unknown>;

/** A member of a list that is merged by id. */
export type Identified = Mapping & { id: unknown };

/** Tells whether a value is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a list whose members carry ids. */
export function haveIds(value: unknown): value is Identified[] {
  return Array.isArray(value) && value.length > 0 && value.every((member) => isMapping(member) && "id" in member);
}

/** A mapping of another kind or mode, or one that says that it is not applicable, takes the place of the preset's. */
export function sameForm(preset: Mapping, own: Mapping): boolean {
  const excused = "not-applicable";
  const differs = (key: string) => own[key] !== undefined && preset[key] !== undefined && own[key] !== preset[key];
  if (differs("kind") || differs("mode")) return false;
  return excused in preset === excused in own || Object.keys(own).length === 0;
}

import type { BrewPlatform } from "#src/domain/formula/formula-condition";
import { FormulaError } from "#src/domain/formula/formula-error";
import type { Formula, FormulaSetting, FormulaWithdrawal } from "#src/domain/formula/read-formula";

/** What a formula downloads on one machine: each field with its value, and the literal that gives it. */
export type FormulaOn = Partial<Record<FormulaSetting["field"], { text: string; from: FormulaSetting }>> & {
  withdrawn?: FormulaWithdrawal["state"];
};

/** Tells what a formula says on one machine. Throws `FormulaError` where a field is set twice, or filled in before it is set. */
export function formulaOn({ settings, withdrawals }: Formula, platform: BrewPlatform): FormulaOn {
  const found: FormulaOn = {};
  for (const setting of settings) {
    if (!setting.conditions.every((condition) => condition(platform))) continue;
    const earlier = found[setting.field];
    if (earlier) {
      const place = `${platform.os} ${platform.cpu}`;
      throw new FormulaError(
        setting.line,
        `expected one ${setting.field} for ${place}, found another on line ${earlier.from.line}`,
      );
    }
    found[setting.field] = { text: filledIn(setting, found.version?.text), from: setting };
  }
  const states = withdrawals.filter(({ conditions }) => conditions.every((condition) => condition(platform)));
  const [first] = states;
  // What is disabled is not installed at all, whatever else is said of it.
  if (first) found.withdrawn = states.find(({ state }) => state === "disabled")?.state ?? first.state;
  return found;
}

function filledIn({ value, line }: FormulaSetting, version: string | undefined): string {
  return value.parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (version !== undefined) return version;
      throw new FormulaError(line, "expected the version to be set before it is filled in, found it unset");
    })
    .join("");
}

import * as z from "zod";
import type { GateOf } from "#src/contract/config/gates";
import { parseJson } from "#src/domain/parse-json";

type Policy = Pick<GateOf<"benchmark">, "key" | "value" | "only">;

/** What one run measured of a scenario; `fields` are those of the result that name it. */
export interface Measurement {
  scenario: string;
  fields: Record<string, string | number | boolean>;
  value: number;
}

const rowSchema = z.record(z.string(), z.unknown());
const named = z.union([z.string(), z.number(), z.boolean()]);
const measured = z.number().nonnegative();

/** Reads the results of one run: a JSON array, or one object a line. Throws `RangeError` for anything else. */
export function readMeasurements({ key, value, only }: Policy, text: string): Measurement[] {
  const rows = readRows(text).filter((row) => counts(only, row));
  const found = rows.map((row) => {
    const fields = Object.fromEntries(key.map((name) => [name, field(row, name)]));
    const parsed = measured.safeParse(row[value]);
    const scenario = key.map((name) => String(fields[name])).join("/");
    if (!parsed.success)
      throw new RangeError(`expected a number that is not negative in ${value} of ${scenario}, found another value`);
    return { scenario, fields, value: parsed.data };
  });
  const twice = found.find(({ scenario }, index) => found.findIndex((other) => other.scenario === scenario) !== index);
  if (twice) throw new RangeError(`expected each scenario once in a run, found ${twice.scenario} twice`);
  return found;
}

function readRows(text: string): Record<string, unknown>[] {
  const whole = text.trim();
  const pieces = whole.startsWith("[") ? z.array(rowSchema).safeParse(parseJson(whole)) : undefined;
  if (pieces) {
    if (pieces.success) return pieces.data;
    throw new RangeError("expected an array of JSON objects, found another value");
  }
  return whole
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, index) => {
      const row = rowSchema.safeParse(parseJson(line));
      if (row.success) return row.data;
      throw new RangeError(`expected a JSON object on line ${index + 1}, found another text`);
    });
}

function counts(only: Policy["only"], row: Record<string, unknown>): boolean {
  return Object.entries(only).every(([name, values]) => values.some((value) => value === row[name]));
}

function field(row: Record<string, unknown>, name: string): string | number | boolean {
  const parsed = named.safeParse(row[name]);
  if (parsed.success) return parsed.data;
  throw new RangeError(`expected the field ${name} in every result, found one without`);
}

import { readFileSync } from "node:fs";
import * as z from "zod";
import { writeWhole } from "../write-whole.ts";
import type { Series } from "./series.ts";

/** JSON has no word for these numbers, and a missing one would read as a staleness marker. */
const unwritable = z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number);

const file = z.array(
  z.strictObject({
    labels: z.record(z.string(), z.string()),
    samples: z.array(z.strictObject({ at: z.number(), value: z.union([z.number(), z.null(), unwritable]) })),
  }),
);

/** Writes series to a file, whole or not at all. */
export function writeSeries(path: string, series: Series[]): void {
  const text = JSON.stringify(series, (_key, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  writeWhole(path, text);
}

/** Reads series back, sample by sample the same. Throws when the file holds anything else. */
export function readSeries(path: string): Series[] {
  return file.parse(JSON.parse(readFileSync(path, "utf8")));
}

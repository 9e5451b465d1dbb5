import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { seriesStore } from "./series.ts";
import { readSeries, writeSeries } from "./series-file.ts";

it("samples survive a file as they were, numbers beyond JSON and staleness markers included, and the series goes on", () => {
  const labels = { __name__: "up", job: "service" };
  const before = seriesStore();
  const values = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null];
  for (const [at, value] of values.entries()) before.append(labels, { at, value });
  const path = join(mkdtempSync(join(tmpdir(), "series-")), "metrics.json");
  writeSeries(
    path,
    before.select(() => true),
  );

  const after = seriesStore(readSeries(path));
  after.append({ job: "service", __name__: "up" }, { at: 9, value: 2 });
  const [only, ...others] = after.select(() => true);
  expect(others).toEqual([]);
  expect(only?.samples.map(({ value }) => value)).toEqual([...values, 2]);
});

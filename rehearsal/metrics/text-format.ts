import type { Labels } from "./series.ts";

/** One line of an exposition. `at` in milliseconds, when the target says so itself. */
export interface ExposedSample {
  labels: Labels;
  value: number;
  at?: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{(.*)\})?\s+(\S+)(?:\s+(-?\d+))?\s*$/;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/**
 * Parses the Prometheus text exposition format, version 0.0.4. One line that cannot be read spoils the whole scrape,
 * as it does in Prometheus.
 */
export function parseExposition(text: string): ExposedSample[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return lines.map(parseLine);
}

function parseLine(line: string): ExposedSample {
  const [, name, labels = "", value, at] = LINE.exec(line) ?? [];
  if (!name || !value) throw new Error(`expected a sample, found "${line}"`);
  return {
    labels: { __name__: name, ...parseLabels(labels) },
    value: parseValue(value),
    ...(at && { at: Number(at) }),
  };
}

function parseLabels(text: string): Labels {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const from = LABEL.lastIndex;
    const [, name, value = ""] = LABEL.exec(text) ?? [];
    if (!name) throw new Error(`expected label="value", found "${text.slice(from)}"`);
    if (name in labels) throw new Error(`expected each label once, found "${name}" twice`);
    labels[name] = value.replaceAll(/\\(.)/g, (_escape, escaped) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}

function parseValue(text: string): number {
  const special = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (special) return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`expected a number, found "${text}"`);
  return value;
}

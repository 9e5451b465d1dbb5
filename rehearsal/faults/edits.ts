import type { Edits } from "../amend.ts";

/** Replaces exactly one place of a text. Throws where it is not there, so that no fault goes without effect. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`expected the fault to find ${JSON.stringify(from)}, found no such text`);
    return text.replace(from, () => to);
  };
}

/** Makes the edits of both; a file that both change is changed by one after the other. */
export const both = (first: Edits, second: Edits): Edits => ({
  ...first,
  ...Object.fromEntries(
    Object.entries(second).map(([path, edit]) => [
      path,
      (text: string, parent: string) => edit(first[path]?.(text, parent) ?? text, parent),
    ]),
  ),
});

/** Puts one more gate before the others of a configuration, as lines of YAML without the dash. */
export function withGate(gate: string): Edits {
  const [first = "", ...others] = gate.trim().split("\n");
  const lines = [`  - ${first}`, ...others.map((line) => `    ${line}`)];
  return { ".github/seaworthy.yml": swap("\ngates:\n", `\ngates:\n${lines.join("\n")}\n`) };
}

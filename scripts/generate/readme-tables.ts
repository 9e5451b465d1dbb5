import type { FieldRow } from "./action-yml.ts";
import { GenerationError } from "./generation-error.ts";
import { tableCell } from "./table-cell.ts";

/** Replaces what stands between a pair of markers, `<!-- generated:name -->` and `<!-- /generated:name -->`. Throws without them. */
export function replaceRegion(text: string, name: string, content: string): string {
  const open = `<!-- generated:${name} -->`;
  const close = `<!-- /generated:${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start)
    throw new GenerationError(`expected the markers ${open} and ${close}, found no such pair`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}

/** Writes the table of an action's inputs. */
export function inputTable(rows: FieldRow[]): string {
  const lines = rows.map(
    ({ name, description, required, default: value }) =>
      `| \`${name}\` | ${required ? "yes" : "no"} | ${value ? `\`${value.replaceAll("\n", " ")}\`` : ""} | ${tableCell(description)} |`,
  );
  return ["| Input | Required | Default | What it is |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

/** Writes the table of an action's outputs, with the closed value that each holds until the stage has ended. */
export function outputTable(rows: FieldRow[]): string {
  const lines = rows.map(
    ({ name, description, default: value }) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : "empty"} | ${tableCell(description)} |`,
  );
  return ["| Output | Closed value | What it is |", "| --- | --- | --- |", ...lines].join("\n");
}

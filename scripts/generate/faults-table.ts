import type { Fault } from "../../rehearsal/faults/fault.ts";

/** Writes the table of the faults that a rehearsal can inject, in the order of the catalogue. */
export function faultsTable(faults: Fault[]): string {
  const lines = faults.map(
    ({ name, stage, title, example, expected, repair }) =>
      `| ${stage} | \`${name}\` | ${cell(title)} | ${example} | ${ending(expected)}${repair ? `; then ${cell(repair.title)}: ${ending(repair.expected)}` : ""} |`,
  );
  const head = ["| noticed by | fault | what goes wrong | example | ends |", "|---|---|---|---|---|"];
  return [...head, ...lines].join("\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|");

function ending({ verdict, reason }: Fault["expected"]): string {
  if (verdict === "lost") return "lost, until resumed";
  const code = reason === "" ? "" : `, [\`${reason}\`](errors.md#${reason.replaceAll(".", "")})`;
  return `\`${verdict}\`${code}`;
}

import type { Fault } from "./fault.ts";

const usage = `Rehearse one:
  npm run rehearse -- --example NAME
  npm run rehearse -- --fault NAME      (its example comes with it; "lost" is a run that was cut off: --resume goes on)`;

/** Lists the examples, and the faults by the stage that must notice them; every column is as wide as its widest word. */
export function listing(examples: string[], faults: Fault[]): string {
  const widest = (words: string[]) => Math.max(...words.map((word) => word.length));
  const names = widest(faults.map(({ name }) => name));
  const places = widest(faults.map(({ example }) => example));
  const groups = [...Map.groupBy(faults, ({ stage }) => stage)].flatMap(([stage, group]) => [
    "",
    `  ${stage} (${group.length})`,
    ...group.map(({ name, title, example, expected, repair }) => {
      const repaired = repair ? `; then ${repair.title} → ${ending(repair.expected)}` : "";
      return `    ${name.padEnd(names)} ${example.padEnd(places)} ${title} → ${ending(expected)}${repaired}`;
    }),
  ]);
  const heading = `${faults.length} faults, by the stage that must notice them, each in its example, with the verdict and code that must follow:`;
  return [`Examples: ${examples.join(", ")}`, "", heading, ...groups, "", usage].join("\n");
}

function ending({ verdict, reason }: Fault["expected"]): string {
  return `${verdict}${reason ? `, ${reason}` : ""}`;
}

import { parseSync } from "@swc/core";

/** A file of the tree. */
export interface SourceFile {
  path: string;
  text: string;
}

const maxLines = 250;
const moduleMock = /\bvi\.(?:do)?[mM]ock\(/;
const silencer = /biome-ignore|@ts-(?:ignore|expect-error|nocheck)/;

/** Complains about what a file's shape may not be. Tests may be long, and may assert types. */
export function shapeComplaints({ path, text }: SourceFile): string[] {
  const isTest = path.endsWith(".test.ts");
  const lines = lineCount(text);
  return [
    ...(lines > maxLines && !isTest ? [`${path}: ${lines} lines, at most ${maxLines}`] : []),
    ...(!isTest && assertsType(parseSync(text, { syntax: "typescript" }))
      ? [`${path}: a type assertion (\`as\`); parse foreign data instead`]
      : []),
    ...(moduleMock.test(text) ? [`${path}: a module mock; use a fake behind a port`] : []),
    ...(silencer.test(text) ? [`${path}: a comment that silences a tool`] : []),
  ];
}

/** Counts lines as an editor does. */
export function lineCount(text: string): number {
  return text.split("\n").length - 1;
}

/** Looks for an assertion anywhere in a syntax tree; `as const` asserts nothing, and `satisfies` neither. */
function assertsType(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("type" in node && (node.type === "TsAsExpression" || node.type === "TsTypeAssertion")) return true;
  return Object.values(node).some(assertsType);
}

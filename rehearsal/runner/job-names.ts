/** How jobs are called: keys that are stable across attempts, names for people, and numbers for the interface of GitHub. */
import { createHash } from "node:crypto";
import { evaluateText, type Scope } from "./expressions.ts";
import type { JsonObject } from "./json.ts";
import { legName } from "./matrix.ts";
import { sourceText, type Template } from "./template.ts";

/** Makes the numeric id of a job: the same for the same job of the same attempt, and safe as a JSON number. */
export function jobNumber(run: { id: number; attempt: number }, key: string): number {
  const digest = createHash("sha256").update(`${run.id}/${run.attempt}/${key}`).digest();
  return digest.readUIntBE(0, 6);
}

/** Makes the part of a key that tells the legs of a matrix apart. */
export function legKey(matrix: JsonObject | null): string {
  return matrix === null ? "" : JSON.stringify(matrix);
}

/** Names a leg: GitHub appends the values of the matrix unless the name uses them itself. */
export function legDisplayName(
  id: string,
  name: Template | undefined,
  leg: { matrix: JsonObject | null; scope: Scope },
): string {
  const text = (name && evaluateText(name, leg.scope)) || id;
  const saysSo = /\bmatrix\b/.test(sourceText(name) ?? "");
  return leg.matrix === null || saysSo ? text : `${text} (${legName(leg.matrix)})`;
}

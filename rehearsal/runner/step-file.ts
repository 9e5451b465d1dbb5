/** Reads the steps of a job or of a composite action. */
import { conditionOf } from "./conditions.ts";
import { field, itemsOf, sourceText, type Template } from "./template.ts";

/** A step as it stands in its file. */
export interface StepFile {
  line: number;
  /** Keys as they stand in the file. */
  body: Template;
  id: string | undefined;
  name: Template | undefined;
  condition: string;
  uses: string | undefined;
  run: Template | undefined;
}

/** Reads a list of steps. */
export function readSteps(template: Template | undefined): StepFile[] {
  return itemsOf(template).map((body) => ({
    line: body.line,
    body,
    id: sourceText(field(body, "id")),
    name: field(body, "name"),
    condition: conditionOf(field(body, "if")),
    uses: sourceText(field(body, "uses")),
    run: field(body, "run"),
  }));
}

import * as z from "zod";
import { Failure } from "#src/domain/failure";

const labelsForm = z.record(z.string().regex(/^(#\d+|[0-9a-f]{40})$/), z.array(z.string()));

/** Reads the labels that were handed in, by issue (`#12`) or full commit id. Throws `all.input-invalid` on anything else. */
export function readLabels(text: string): ReadonlyMap<string, string[]> {
  if (text === "") return new Map();
  try {
    return new Map(Object.entries(labelsForm.parse(JSON.parse(text))));
  } catch {
    throw new Failure({
      kind: "input",
      code: "all.input-invalid",
      message: 'input labels: expected JSON such as {"#12": ["feature"]}, found another text',
      hint: "Name issues and pull requests as `#12` and commits by their full id, each with a list of labels.",
    });
  }
}

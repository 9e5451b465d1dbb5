import { stringify } from "yaml";
import * as z from "zod";
import type { ActionContract, InputFields, OutputFields } from "#src/contract/action-contract";
import { GenerationError } from "./generation-error.ts";

/** One row of an action's inputs or outputs, as the contract states it. */
export interface FieldRow {
  name: string;
  description: string;
  required: boolean;
  default: string | undefined;
}

/** Reads the rows of a contract's inputs. Throws where a description is missing. */
export function inputRows(contract: ActionContract<InputFields, OutputFields>): FieldRow[] {
  return Object.entries(contract.inputs.shape).map(([name, field]) => {
    const optional = field.safeParse(undefined).success;
    const expression = field.meta()?.actionDefault;
    return {
      name,
      description: describe(contract.stage, name, field),
      required: !optional && expression === undefined,
      default: typeof expression === "string" ? expression : optional ? defaultText(field) : undefined,
    };
  });
}

/** Reads the rows of a contract's outputs; the default is the closed value. Throws where a description is missing. */
export function outputRows(contract: ActionContract<InputFields, OutputFields>): FieldRow[] {
  return Object.entries(contract.outputs.shape).map(([name, field]) => ({
    name,
    description: describe(contract.stage, name, field),
    required: false,
    default: field.parse(undefined),
  }));
}

/** Writes an action's metadata file. */
export function actionYml(contract: ActionContract<InputFields, OutputFields>): string {
  const inputs = inputRows(contract).map((row) => [row.name, metadataInput(row)]);
  const outputs = outputRows(contract).map(({ name, description }) => [name, { description }]);
  const metadata = {
    name: `Seaworthy ${contract.stage}`,
    description: contract.question,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: { using: "node24", main: `../../dist/${contract.stage}/index.js` },
  };
  return `# Generated from src/contract.ts by \`npm run generate\`; edit that file.\n${stringify(metadata, { lineWidth: 140 })}`;
}

function metadataInput({ description, required, default: value }: FieldRow) {
  return { description, required, ...(value === undefined ? {} : { default: value }) };
}

function defaultText(field: z.ZodType): string {
  const value: unknown = field.parse(undefined);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function describe(stage: string, name: string, field: z.ZodType): string {
  const description = field.description ?? z.globalRegistry.get(field)?.description;
  if (!description) throw new GenerationError(`${stage}: expected a description of ${name}, found none`);
  return description;
}

import * as z from "zod";
import type { StageName } from "#src/domain/stage";

/** Outputs that every action has, with the closed values they hold until the stage has ended. */
export const sharedOutputs = {
  verdict: z.string().default("inconclusive").describe("`pass`, `fail` or `inconclusive`; anything but `pass` blocks."),
  outcome: z.string().default("blocked").describe("`release`, `no-release`, or `blocked`."),
  code: z.string().default("all.unexpected").describe("Reason code of the check that blocked; empty after a pass."),
  record: z
    .string()
    .default("")
    .describe("The stage's record, as `<artifact>@sha256:<digest>`; empty where none was written."),
} as const;

/** Inputs of an action: each a text of the runner, read by a zod field with a description. */
export type InputFields = z.ZodObject<Record<string, z.ZodType>>;

/** Outputs of an action: each a text whose default is the closed value. */
export type OutputFields = z.ZodObject<Record<string, z.ZodDefault<z.ZodString>>>;

/** An action's contract: the single source of its action.yml, README tables and schemas. */
export interface ActionContract<Inputs extends InputFields, Outputs extends OutputFields> {
  stage: StageName;
  /** The question it answers, as the description of the action. */
  question: string;
  inputs: Inputs;
  outputs: Outputs;
  /** Tells the leg of a matrix from the inputs; a leg writes a record of its own, also when it does not come to its end. */
  leg?(given: z.output<Inputs>): string;
  /** Whether records that do not hold stop the stage (`strict`), are handed to it as refusals (`tolerant`), or none are taken (`none`). */
  ledger: "strict" | "tolerant" | "none";
}

/** Declares a contract; exists so that the types of inputs and outputs are inferred. */
export function defineContract<Inputs extends InputFields, Outputs extends OutputFields>(
  contract: ActionContract<Inputs, Outputs>,
): ActionContract<Inputs, Outputs> {
  return contract;
}

import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";

/** Level of a result, as SARIF 2.1.0 knows them (3.27.10). */
export type Level = "none" | "note" | "warning" | "error";

/** One result of a log, as far as it counts. */
export interface SarifResult {
  rule: string;
  level: Level;
  message: string;
  place: string;
  /** Fingerprints as `key=value`. */
  fingerprints: string[];
  suppressed: boolean;
}

/** What a log says: how many runs it has, their results, and what about them is not whole. */
export interface SarifLog {
  runs: number;
  results: SarifResult[];
  incomplete: string[];
}

const level = z.enum(["none", "note", "warning", "error"]);
const fingerprints = z.record(z.string(), z.string()).default({});
const message = z.object({ text: z.string().default("") }).default({ text: "" });

const resultSchema = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.int().optional(),
  rule: z
    .object({
      id: z.string().optional(),
      index: z.int().optional(),
      toolComponent: z.object({ index: z.int().optional() }).optional(),
    })
    .optional(),
  kind: z.string().default("fail"),
  level: level.optional(),
  message,
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: z.string().optional() }).optional(),
            region: z.object({ startLine: z.int().optional() }).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  fingerprints,
  partialFingerprints: fingerprints,
  suppressions: z.array(z.object({ status: z.string().default("accepted") })).default([]),
});

const rules = z
  .array(z.object({ id: z.string(), defaultConfiguration: z.object({ level: level.optional() }).optional() }))
  .default([]);

const runSchema = z.object({
  tool: z.object({
    driver: z.object({ name: z.string(), rules }),
    extensions: z.array(z.object({ rules })).default([]),
  }),
  invocations: z.array(z.object({ executionSuccessful: z.boolean() })).default([]),
  results: z.array(resultSchema).nullish(),
});

const logSchema = z.object({ version: z.literal("2.1.0"), runs: z.array(runSchema) });

type Run = z.infer<typeof runSchema>;
type Result = z.infer<typeof resultSchema>;

/** Reads a SARIF log. Throws `RangeError` for what is not SARIF 2.1.0. */
export function readSarif(text: string): SarifLog {
  const parsed = logSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RangeError(`expected SARIF 2.1.0, found ${issue?.path.join(".") || "(document)"}: ${issue?.message}`);
  }
  const { runs } = parsed.data;
  return {
    runs: runs.length,
    results: runs.flatMap((run) => (run.results ?? []).map((result) => resultOf(run, result))),
    incomplete: runs.flatMap(complaintsAbout),
  };
}

/** A run without `results` never scanned (3.14.23), and one that says that it did not succeed is not whole. */
function complaintsAbout({ tool, results, invocations }: Run): string[] {
  const { name } = tool.driver;
  if (!results) return [`${name} has no results: it did not scan`];
  return invocations.some(({ executionSuccessful }) => !executionSuccessful)
    ? [`${name} says that it did not succeed`]
    : [];
}

/**
 * Finds a result's rule: at its index in the component that it names, or else in the driver (3.52). One that stands there
 * under another id is a foreign rule; the id is then sought in every component.
 */
function ruleOf({ driver, extensions }: Run["tool"], { rule, ruleIndex }: Result, id: string | undefined) {
  const extension = rule?.toolComponent?.index;
  const component = extension === undefined ? driver : extensions[extension];
  const placed = component?.rules[ruleIndex ?? rule?.index ?? -1];
  if (placed && (id === undefined || placed.id === id)) return placed;
  return [driver, ...extensions].flatMap((one) => one.rules).find((known) => known.id === id);
}

function resultOf({ tool }: Run, result: Result): SarifResult {
  const told = result.ruleId ?? result.rule?.id;
  const rule = ruleOf(tool, result, told);
  const id = told ?? rule?.id ?? "";
  const { artifactLocation, region } = result.locations[0]?.physicalLocation ?? {};
  return {
    rule: id,
    level: result.kind === "fail" ? (result.level ?? rule?.defaultConfiguration?.level ?? "warning") : "none",
    message: result.message.text,
    place: artifactLocation?.uri === undefined ? "" : `${artifactLocation.uri}:${region?.startLine ?? ""}`,
    fingerprints: Object.entries({ ...result.partialFingerprints, ...result.fingerprints }).map((pair) =>
      pair.join("="),
    ),
    suppressed: result.suppressions.length > 0 && result.suppressions.every(({ status }) => status === "accepted"),
  };
}

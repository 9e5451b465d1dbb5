import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";

/** Name of the plan's attachment that holds the resolved context of the release. */
export const contextAttachment = "context.json";

/** Format of the context's file. */
export const contextFormat = "seaworthy-context/1";

const planContext = z.object({
  schema: z.literal(contextFormat),
  release: z.object({ sha: z.string(), version: z.string().nullable() }),
  sources: z.array(z.object({ file: z.string(), place: z.string(), kind: z.string(), text: z.string().optional() })),
  changelog: z.object({ date: z.string() }).nullable(),
});

/** What later stages rely on of the context: which commit was read, what each place declares there, and how the version is dated. */
export type PlanContext = z.infer<typeof planContext>;

/** Reads the context out of a plan's attachments; undefined where it is not there, or is of another form. */
export function readPlanContext(attachments: ReadonlyMap<string, Uint8Array>): PlanContext | undefined {
  const bytes = attachments.get(contextAttachment);
  const parsed = planContext.safeParse(bytes && parseJson(bytes));
  return parsed.success ? parsed.data : undefined;
}

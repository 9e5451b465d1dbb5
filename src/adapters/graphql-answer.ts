import * as z from "zod";
import type { Failure } from "#src/domain/failure";

const errors = z
  .array(
    z.object({
      type: z.string().optional(),
      message: z.string(),
      path: z.array(z.union([z.string(), z.number()])).optional(),
    }),
  )
  .min(1);

/** What came for a place of a query: a value, an answer that there is nothing, or why it is not known. */
export type Told = { kind: "value"; value: unknown } | { kind: "absent" } | { kind: "unknown"; because: string };

/** An answer of GraphQL, of which parts may have failed. */
export interface Answer {
  /** Tells what stands at a path; nothing counts as absent unless the answer says `NOT_FOUND` of exactly this path. */
  at(...path: string[]): Told;
}

/**
 * Asks, and reads data with the errors beside it, which the client throws. Where there is no data at all, throws the failure
 * that `turn` makes of what was thrown.
 */
export async function readAnswer(ask: () => Promise<unknown>, turn: (error: unknown) => Failure): Promise<Answer> {
  try {
    return answerOf(await ask(), []);
  } catch (error) {
    const partial = partialSchema.safeParse(error);
    if (!partial.success) throw turn(error);
    return answerOf(partial.data.data, partial.data.errors);
  }
}

/** An error that the client throws although the answer holds data. */
const partialSchema = z.object({
  name: z.literal("GraphqlResponseError"),
  data: z.record(z.string(), z.unknown()),
  errors,
});

function answerOf(data: unknown, errors: z.infer<typeof partialSchema>["errors"]): Answer {
  const placed = errors.map(({ path = [], ...error }) => ({ ...error, path: path.map(String) }));
  return {
    at(...path) {
      // An error above this place or without a path, and one below it, leave a doubt about what stands here.
      const near = placed.filter((error) =>
        error.path.every((part, index) => index >= path.length || part === path[index]),
      );
      const [first] = near;
      const value = path.reduce<unknown>(step, data);
      if (!first && value !== null && value !== undefined) return { kind: "value", value };
      if (!first) return { kind: "unknown", because: "GitHub answered nothing" };
      const exact = near.every(({ type, path: at }) => type === "NOT_FOUND" && at.length === path.length);
      if (exact && value === null) return { kind: "absent" };
      return { kind: "unknown", because: `GitHub answered: ${first.message}` };
    },
  };
}

function step(holder: unknown, key: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
}

import * as z from "zod";
import { type Digest, digestOf } from "#src/domain/digest";

/** One write to the world: what is written where, what must be true just before, and what became of it. */
export const effectSchema = z.strictObject({
  kind: z.string().describe("What is written, such as `tag` or `github-release`."),
  target: z.string().describe("Where it is written."),
  precondition: z.string().describe("What must hold just before: `absent`, or an exact value."),
  wanted: z.string().describe("What the target holds afterwards."),
  state: z.enum(["planned", "done", "already", "refused"]).describe("What became of it."),
});

/** One effect of a stage. */
export type Effect = z.infer<typeof effectSchema>;

/** Digests what a list of effects plans to write, whatever became of it: a rehearsal and its live run must agree. */
export function planDigest(effects: Effect[]): Digest {
  const plan = effects.map(({ kind, target, precondition, wanted }) => ({ kind, target, precondition, wanted }));
  const keyOf = (effect: (typeof plan)[number]) => `${effect.kind} ${effect.target}`;
  return digestOf(plan.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

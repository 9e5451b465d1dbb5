import * as z from "zod";

/** Reads a duration with its unit, such as `90s`, `10m` or `2h`, as milliseconds. */
export function milliseconds(duration: string): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(duration);
  if (!match) throw new RangeError(`expected a duration such as 90s, 10m or 2h, found ${duration}`);
  const [, amount = "", unit = ""] = match;
  const factors = new Map([
    ["ms", 1],
    ["s", 1_000],
    ["m", 60_000],
    ["h", 3_600_000],
  ]);
  return Number(amount) * (factors.get(unit) ?? Number.NaN);
}

/** A duration with its unit. */
export const duration = () =>
  z
    .string()
    .regex(/^[1-9]\d*(ms|s|m|h)$/, { abort: true, error: "expected a duration with its unit, such as 90s, 10m or 2h" });

/** How long one thing may take inside of a job: GitHub ends a job after six hours, and evidence must still be written then. */
const longestInJob = "350m";

/** Tells whether something may take so long inside of a job. */
export const fitsJob = (...durations: string[]) =>
  durations.reduce((sum, one) => sum + milliseconds(one), 0) <= milliseconds(longestInJob);

/** What is said of a duration that does not fit. */
export const jobLimit = `expected at most ${longestInJob}, as GitHub ends a job after 6 h`;

/** A duration that a job can hold. */
export const durationInJob = () => duration().refine((text) => fitsJob(text), jobLimit);

/** An id that may stand in artifact names and job names. Its length comes first: the expression takes long over long texts. */
export const identifier = () =>
  z
    .string()
    .max(60, { abort: true, error: "expected at most 60 characters" })
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z])?[a-z0-9]*$/, "expected lower-case letters, digits and hyphens");

/** Tells whether a text is a regular expression. */
export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** A JSON pointer (RFC 6901). */
export const jsonPointer = () => z.string().regex(/^(\/([^~]|~[01])*)?$/, "expected a JSON pointer such as /completed");

/** The bare name of a file or program. */
export const fileName = () => z.string().regex(/^[\w.+@-]+$/, "expected the name of a file, without a folder");

/** A path inside the repository, without `..` and not absolute. */
export const repositoryPath = () =>
  z
    .string()
    .min(1)
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, "expected a path inside the repository, without `..`");

/** A glob of files of the repository; `!` and blanks around it, which would keep it from naming any, are refused. */
export const repositoryGlob = () =>
  repositoryPath().regex(
    /^(?!!(?!\())\S(?:.*\S)?$/,
    "expected a glob without `!` before it, and without blanks around it",
  );

/** A branch by its short name, as git takes it (git-check-ref-format, without the rarer exceptions). */
export const branch = z
  .string()
  .regex(
    /^(?!refs\/)(?![./-])(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[^\s~^:?*[\\\p{Cc}]+(?<![./])$/u,
    "expected the short name of a branch, such as main",
  );

/** A text for people, of so many characters besides blanks at its ends. */
export const words = (least: number) => z.string().trim().min(least, `expected at least ${least} characters of text`);

/** A command line that commands something: blanks and comments alone would succeed without having done anything. */
export const commandLine = () =>
  z
    .string()
    .refine(
      (text) => text.split("\n").some((line) => /^\s*[^\s#]/.test(line)),
      "expected a command, found only blanks and comments",
    );

/** A list whose members carry unique ids. That is judged beside what is wrong within a member, so that all is told at once. */
export function uniqueById<Item extends z.ZodType<{ id: string }>>(item: Item) {
  return z.array(item).superRefine(
    (list: unknown, context) => {
      const seen = new Set<string>();
      for (const [index, id] of idsOf(list).entries()) {
        if (id === undefined) continue;
        if (seen.has(id)) context.addIssue({ code: "custom", path: [index, "id"], message: ownId });
        seen.add(id);
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}

const ownId = "expected an id that no other member has";
const membersWithIds = z.array(z.object({ id: z.string() }).optional().catch(undefined)).catch([]);

function idsOf(list: unknown): (string | undefined)[] {
  return membersWithIds.parse(list).map((member) => member?.id);
}

import * as z from "zod";
import { branch, durationInJob } from "#src/contract/config/fields";

const unique = (list: string[]) => new Set(list).size === list.length;

/** The chain of branches that a commit goes along, and what must hold before. */
export const promoteSection = z.strictObject({
  chain: z
    .array(branch)
    .min(1)
    .refine(unique, "expected each branch once")
    .describe(
      "Branches in the order in which a commit reaches them; the last one is what releases start from. A branch that is not listed enters at the front.",
    ),
  checks: z
    .array(z.string().min(1))
    .min(1)
    .refine(unique, "expected each check once")
    .describe("Check runs that must have succeeded on exactly this commit before any branch moves, by name."),
  wait: durationInJob()
    .optional()
    .describe("How long to wait for checks that have not ended or not begun; without it they block at once."),
  via: z
    .enum(["fast-forward", "pull-request"])
    .default("fast-forward")
    .describe(
      "How a commit reaches the next branch: `fast-forward` moves all branches of the chain; `pull-request` opens or finds the one to the next branch, waits until it is green, and hands it to a person, who merges it.",
    ),
  backmerge: z
    .enum(["advisory", "block"])
    .default("advisory")
    .describe("What it means when a later branch of the chain holds commits that an earlier one lacks."),
  "backmerge-task": z
    .string()
    .min(1)
    .optional()
    .describe(
      "Label of the issue that stands for a back-merge still to be made. While one is open, or a pull request from the later branch into the earlier one, commits that are lacking do not block. Left out, nobody is asked.",
    ),
});

/** How branches are promoted. */
export type PromotePolicy = z.infer<typeof promoteSection>;

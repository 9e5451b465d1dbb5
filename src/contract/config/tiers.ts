import * as z from "zod";
import { globs } from "#src/contract/config/changes";
import { identifier, uniqueById } from "#src/contract/config/fields";

/** The tier of tests that something proves. */
export const tierField = (what: string) =>
  identifier().optional().describe(`Tier of \`tiers\` that this ${what} proves, where it is required.`);

const tiersOf = (release: string) =>
  z.array(identifier()).default([]).describe(`Tiers that ${release} requires, each proven by a gate or a scenario.`);

const area = z.strictObject({
  id: identifier().describe("Id of the area."),
  paths: globs("its files; one changed file is enough"),
  tiers: z.array(identifier()).default([]).describe("Tiers that a change here requires."),
  tests: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Tests that a change here requires, as `class::name` or by the name alone; gates with `must-run` look for them.",
    ),
});

/** Which tests a release requires, by what kind of release it is and by what has changed. */
export const tiersSection = z.strictObject({
  patch: tiersOf("a patch release"),
  minor: tiersOf("a minor release"),
  major: tiersOf("a major release, or the first one,"),
  "pre-release": tiersOf("a pre-release"),
  areas: uniqueById(area).default([]).describe("What a change in a part of the repository requires besides."),
});

/** The tiers of the configuration. */
export type TiersPolicy = z.infer<typeof tiersSection>;

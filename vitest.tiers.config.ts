import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes, the longest first. */
const longest = ["faults", "python", "service", "contract", "module"].map((name) => `/rehearsals/${name}.test.ts`);

/** Begins with the files that take longest, so that no worker is left alone with one of them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

const patient = { pool: "forks", testTimeout: 600_000, hookTimeout: 600_000 } as const;
const exclude = ["node_modules/**", "examples/**", "**/.rehearsal/**", "build/**"];

/**
 * The deeper tiers: real clients against real servers (`*.real.test.ts`), what needs more tools than git, Node.js and npm
 * (`*.tools.test.ts`), the public registries, recorded release histories, and whole rehearsals. A limit of time
 * is for what hangs: a busy machine may take minutes for a rehearsal that compiles.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    maxConcurrency: 2,
    projects: [
      {
        test: {
          ...patient,
          name: "real",
          include: ["**/*.real.test.ts"],
          exclude,
          server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
        },
      },
      {
        test: {
          ...patient,
          name: "tools",
          include: ["**/*.tools.test.ts"],
          exclude,
          server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
        },
      },
      { test: { ...patient, name: "public", include: ["tests/public/**/*.public.test.ts"], exclude } },
      { test: { ...patient, name: "cases", include: ["tests/cases/**/*.test.ts"], exclude } },
      {
        test: {
          ...patient,
          name: "rehearsals",
          include: ["tests/rehearsals/**/*.test.ts"],
          exclude,
          server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
        },
      },
    ],
  },
});

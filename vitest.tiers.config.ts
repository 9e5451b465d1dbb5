import { defineConfig } from "vitest/config";

/** The deeper tiers drive whole programs: two at a time, and minutes rather than seconds. */
export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxConcurrency: 2,
  },
});

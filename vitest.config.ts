import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "actions/**/*.test.ts",
      "rehearsal/**/*.test.ts",
      "scripts/**/*.test.ts",
      "tests/**/*.test.ts",
    ],
    exclude: [
      "node_modules/**",
      "examples/**",
      "tests/rehearsals/**",
      "tests/real/**",
      "tests/cases/**",
      "**/*.real.test.ts",
      "**/*.tools.test.ts",
      "**/*.public.test.ts",
    ],
    pool: "threads",
    // No test replaces a module, so files may share them: a third of the time goes into importing otherwise. A file that leaves
    // something behind, which could hide a failure of another one, fails itself.
    isolate: false,
    setupFiles: ["tests/leaves-nothing.ts"],
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
  },
});

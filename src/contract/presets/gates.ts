/** Gates that several presets share. What `run` the tests have, only the project can say. */
export const sharedGates = {
  tests: { id: "tests", title: "The tests pass on the candidate", kind: "command", timeout: "15m" },
  ci: { id: "ci", title: "CI has passed on exactly this commit", kind: "checks", checks: ["test"], wait: "10m" },
} as const;

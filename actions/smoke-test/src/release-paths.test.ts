import { expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { withPaths } from "./release-paths.ts";

it("SMK-22: every path of a scenario may be named after the release, and its commands stay as they are", () => {
  const [tagged, named] = ["trial-{RELEASE_TAG}/a", "{RELEASE_VERSION}.jsonl"];
  const line = { file: named, pointer: "/a", equals: "{RELEASE_TAG}" };
  const run = { kind: "command", run: "echo {RELEASE_TAG}", expect: { files: [tagged] }, results: { junit: named } };
  const steps = [run, { kind: "install", keeps: [tagged] }, { kind: "probe", act: "store", value: "v", run: "true" }];
  const scenarios = [
    {
      id: "one",
      run: "true",
      expect: { "json-lines": [line] },
      graceful: { files: [tagged] },
      writes: [tagged, "{HOME}"],
    },
    { id: "two", steps },
  ];
  const [one, two] = configSchema
    .parse({ smoke: { scenarios } })
    .smoke.scenarios.map((scenario) => withPaths(scenario, { tag: "v1.1.0", version: "1.1.0" }));
  expect(one).toMatchObject({
    expect: { "json-lines": [{ ...line, file: "1.1.0.jsonl" }] },
    graceful: { files: ["trial-v1.1.0/a"] },
    writes: ["trial-v1.1.0/a", "{HOME}"],
  });
  expect(two?.steps).toMatchObject([
    { run: "echo {RELEASE_TAG}", expect: { files: ["trial-v1.1.0/a"] }, results: { junit: "1.1.0.jsonl" } },
    { keeps: ["trial-v1.1.0/a"] },
    { run: "true" },
  ]);
});

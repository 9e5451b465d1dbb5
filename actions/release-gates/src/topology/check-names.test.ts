import { describe, expect, it } from "vitest";
import { makersOf } from "./check-names.ts";
import { readWorkflow } from "./workflow.ts";

const text = `on: push
jobs:
  test: { name: "Test on \${{ matrix.os }}", strategy: { matrix: { os: [a, b] } } }
  lint: { strategy: { matrix: { node: [20, 24] } } }
  deep: { uses: ./.github/workflows/called.yml }
  far: { name: Far, uses: a/b/.github/workflows/c.yml@v1 }
  "dots.and+plus": {}
`;

function workflow(path: string, content: string) {
  const read = readWorkflow(path, content);
  if ("broken" in read) throw new Error(read.broken);
  return read;
}

const all = [workflow("w/ci.yml", text), workflow("w/called.yml", "on: workflow_call\njobs: { unit: {} }\n")];

describe("a check's name", () => {
  it.each([
    ["a job's id with a leg of its matrix", "lint (20)", ["ci.yml"]],
    ["a job's name with an expression in it", "Test on a", ["ci.yml"]],
    ["a job of a called workflow", "deep / unit", ["ci.yml"]],
    ["a job of a workflow elsewhere", "Far / whatever (1)", ["ci.yml"]],
    ["a job by its own workflow", "unit", ["called.yml"]],
    ["dots and signs as they are", "dots.and+plus", ["ci.yml"]],
    ["nothing by another name of a called job", "deep / other", []],
    ["nothing by the id of a job that has a name", "far / x", []],
    ["nothing by a part", "lin", []],
    ["nothing by a leg where there is no matrix", "unit (1)", []],
  ])("tells %s", (_what, name, files) => {
    expect(makersOf(name, all).map(({ file }) => file)).toEqual(files);
  });
});

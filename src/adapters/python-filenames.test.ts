import { describe, expect, it } from "vitest";
import { belongsTo, isForEveryMachine } from "#src/adapters/python-filenames";

describe("a file of a Python index", () => {
  it.each([
    ["tide_table-1.1.0-py3-none-any.whl", true],
    ["Tide.Table-1.1.0-1-cp312-cp312-manylinux_2_28_x86_64.whl", true],
    ["tide_table-1.1-py3-none-any.whl", true],
    ["tide-table-1.1.0.tar.gz", true],
    ["tide_table-1.1.0.zip", true],
    ["tide_table-1.10.0.tar.gz", false],
    ["tide_table-1.1.0rc1.tar.gz", false],
    ["tide_table-1.1.0.post1.tar.gz", false],
    ["tide_table_extra-1.1.0.tar.gz", false],
    ["tide-1.1.0.tar.gz", false],
    ["tide_table-1.1.0.tar.gz.asc", false],
    ["index.html", false],
  ])("PUB-37: %s belongs to version 1.1.0 of tide-table: %s", (filename, belongs) => {
    expect(belongsTo(filename, "tide-table", "1.1.0")).toBe(belongs);
  });

  it("is for every machine when its tags say so", () => {
    expect(isForEveryMachine("tide-1.1.0-py3-none-any.whl")).toBe(true);
    expect(isForEveryMachine("tide-1.1.0-py2.py3-none-any.whl")).toBe(true);
    expect(isForEveryMachine("tide-1.1.0-cp312-abi3-win_amd64.whl")).toBe(false);
    expect(isForEveryMachine("tide-1.1.0.tar.gz")).toBe(false);
  });
});

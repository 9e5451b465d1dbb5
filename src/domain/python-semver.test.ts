import { expect, it } from "vitest";
import { semverOfPython } from "#src/domain/python-semver";

it.each([
  ["1.1.0", "1.1.0"],
  ["1.1", "1.1.0"],
  ["1.1.0rc1", "1.1.0-rc.1"],
  ["1.1.0.dev3", "1.1.0-dev.3"],
  ["1.1.0.post1", undefined],
  ["2!1.0", undefined],
  ["1.2.3.4", undefined],
])("ALL-10: Python's %s is ordered as %s", (spelling, version) => {
  expect(semverOfPython(spelling)).toBe(version);
});

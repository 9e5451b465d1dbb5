import { describe, expect, it } from "vitest";
import { tarballOf } from "#src/testing/tarball";
import { zipOf } from "#src/testing/zip";
import { judgeArchives } from "./judge-licences.ts";

const contains = [["LICENSE", "LICENSE.md"], "NOTICE"];
const npm = (...paths: string[]) =>
  tarballOf(
    {},
    paths.map((path) => ({ path: `package/${path}`, content: "text" })),
  );
const judge = (...archives: Uint8Array[]) =>
  judgeArchives(
    contains,
    archives.map((bytes, index) => ({ path: `${index}`, bytes })),
  );

describe("GAT-29 P20: archives that are shipped", () => {
  it.each([
    ["pass with both files in the top folder", npm("LICENSE", "NOTICE"), "pass", undefined],
    ["pass with an alternative", npm("LICENSE.md", "NOTICE"), "pass", undefined],
    ["fail without one", npm("LICENSE"), "fail", "gates.licence-missing"],
    ["fail when the file lies deeper", npm("LICENSE", "node_modules/x/NOTICE"), "fail", "gates.licence-missing"],
    [
      "fail when the file is empty",
      tarballOf({}, [{ path: "package/LICENSE" }, { path: "package/NOTICE", content: "x" }]),
      "fail",
      "gates.licence-missing",
    ],
    [
      "fail when the file is a link",
      tarballOf({}, [
        { path: "package/LICENSE", type: "2" },
        { path: "package/NOTICE", content: "x" },
      ]),
      "fail",
      "gates.licence-missing",
    ],
    ["pass at the root of a zip", zipOf({ LICENSE: "x", NOTICE: "x", "a/b": "" }), "pass", undefined],
    [
      "pass among a wheel's licences",
      zipOf({ "t-1.dist-info/licenses/LICENSE": "x", "t-1.dist-info/NOTICE": "x", "t/a.py": "x" }),
      "pass",
      undefined,
    ],
    [
      "fail in a package of the wheel",
      zipOf({ "t/LICENSE": "x", "t-1.dist-info/NOTICE": "x" }),
      "fail",
      "gates.licence-missing",
    ],
    ["are inconclusive when one does not open", Buffer.from("no archive"), "inconclusive", "gates.licence-unreadable"],
  ])("%s", (_rule, archive, result, code) => {
    const finding = judge(npm("LICENSE", "NOTICE"), archive);
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("are named with what each lacks", () => {
    expect(judge(npm("NOTICE"), npm()).because).toBe(
      "expected licence files in every archive, found: 0 lacks LICENSE or LICENSE.md; 1 lacks LICENSE or LICENSE.md; 1 lacks NOTICE",
    );
  });
});

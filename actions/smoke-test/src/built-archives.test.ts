import { describe, expect, it } from "vitest";
import { writeZip } from "#src/domain/archive/write-zip";
import { goDirhash } from "#src/domain/go-dirhash";
import { aBuiltFile } from "#src/testing/build-builders";
import { anArrival, aRecord } from "#src/testing/builders";
import { builtArchives } from "./built-archives.ts";

const spec = "example.com/buoy@v1.1.0";
const content = new Map([[`${spec}/go.mod`, new TextEncoder().encode("module example.com/buoy\n")]]);
const file = aBuiltFile({ name: spec, kind: "go-module", registry: goDirhash(content).h1 });

function archivesWith(attachments: Record<string, Uint8Array>) {
  const arrival = anArrival(aRecord({ stage: "build-manifest" }));
  return builtArchives({ admitted: [{ ...arrival, attachments: new Map(Object.entries(attachments)) }], refused: [] });
}

describe("a Go module that stands in the tree", () => {
  it("SMK-10: is found as the build packed it, and goes by the sum of what is in it", () => {
    const bytes = writeZip(content);
    expect(archivesWith({ [`modules/${spec}.zip`]: bytes })(file)).toEqual([
      { name: `${spec}.zip`, bytes, registry: file.registry },
    ]);
  });

  it("SMK-10: has another sum where other files were packed", () => {
    const bytes = writeZip([...content, [`${spec}/more.go`, new Uint8Array()]]);
    const [found] = archivesWith({ [`modules/${spec}.zip`]: bytes })(file);
    expect(found?.registry).toMatch(/^h1:/);
    expect(found?.registry).not.toBe(file.registry);
  });

  it("is not there without its zip", () => {
    expect(archivesWith({})(file)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { readArchive } from "#src/domain/archive/read-archive";
import { writeZip } from "#src/domain/archive/write-zip";

const files: [string, Uint8Array][] = [
  ["tide@v1.0.0/go.mod", Buffer.from("module tide\n")],
  ["tide@v1.0.0/höhe.go", Buffer.from("package tide\n".repeat(100))],
  ["tide@v1.0.0/empty", Buffer.alloc(0)],
];

describe("a zip archive that is written", () => {
  it("is read again with every name and every byte", () => {
    const read = readArchive(writeZip(files)).map(({ path, regular, content }) => [
      path,
      regular,
      Buffer.from(content),
    ]);
    expect(read).toEqual(files.map(([name, content]) => [name, true, Buffer.from(content)]));
  });

  it("has the same bytes each time", () => {
    expect(Buffer.from(writeZip(files)).equals(Buffer.from(writeZip(files)))).toBe(true);
  });
});
